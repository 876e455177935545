/** Kills the plugin at its n-th operation, for tests of what survives it. */
export interface Mortality {
  /** Carries out a creation, update or removal, and dies before or after it when its turn has come. */
  during<T>(preview: boolean, work: () => Promise<T>): Promise<T>;
}

export const immortal: Mortality = { during: (_, work) => work() };

/**
 * Reads `SANDBOX_PROVIDER_DIE_AT`: `3:before` dies instead of the provider's third creation, update or removal,
 * `3:after` once the simulated Azure has carried it out and before the engine hears of it. `azuread:3:after` means
 * that provider alone.
 *
 * @throws RangeError where the text has another form.
 */
export function mortalityOf(
  text: string | undefined,
  provider: string,
  die: () => void = () => process.kill(process.pid, "SIGKILL"),
): Mortality {
  if (text === undefined || text === "") return immortal;
  const [, only, number, when] = /^(?:([a-z-]+):)?([1-9]\d*):(before|after)$/.exec(text) ?? [];
  if (number === undefined) {
    throw new RangeError(
      `SANDBOX_PROVIDER_DIE_AT: "${text}" is not an operation; use 3:before, 3:after or azuread:3:after`,
    );
  }
  if (only !== undefined && only !== provider) return immortal;
  const at = Number(number);
  let count = 0;
  return {
    async during(preview, work) {
      if (preview) return await work();
      count += 1;
      const mine = count === at;
      if (mine && when === "before") die();
      const result = await work();
      if (mine && when === "after") die();
      return result;
    },
  };
}
