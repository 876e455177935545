/**
 * Time as the simulated Azure sees it. The virtual clock runs with the machine's and is put forward instead of
 * waiting, so that an eligibility that may not be removed for five minutes costs nobody five minutes.
 */
export interface Clock {
  readonly kind: "virtual" | "real";
  /** Simulated seconds per real second while the time scale is on; undefined where operations take no time. */
  readonly timeScale: number | undefined;
  now(): Date;
  /** Puts the clock forward. The real clock refuses: nobody can move it. */
  advance(seconds: number): void;
  /**
   * Lets simulated seconds pass: at once on the virtual clock, in `seconds / timeScale` real seconds where the time
   * scale is on, in real seconds on the real clock.
   */
  wait(seconds: number): Promise<void>;
}

export interface ClockOptions {
  readonly kind: "virtual" | "real";
  readonly timeScale?: number | undefined;
  /** Where the virtual clock stood last (milliseconds since 1970), or undefined at its first start. */
  readonly startAt?: number | undefined;
  /** Called when the clock was put forward. */
  readonly moved?: () => void;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Opens a clock. The virtual one never starts behind the machine's: a program that writes today's date must not
 * find itself in the future.
 * @throws RangeError where the time scale is not a number above zero.
 */
export function openClock(options: ClockOptions): Clock {
  const { kind, timeScale } = options;
  if (timeScale !== undefined && !(timeScale > 0 && Number.isFinite(timeScale))) {
    throw new RangeError(
      `time scale: ${timeScale} is not a number above zero; use 60 for a minute a second`,
    );
  }
  const real = { start: Date.now(), rate: kind === "virtual" ? (timeScale ?? 1) : 1 };
  let base = kind === "virtual" ? Math.max(options.startAt ?? 0, real.start) : real.start;
  const now = (): number => base + (Date.now() - real.start) * real.rate;
  return {
    kind,
    timeScale,
    now: () => new Date(now()),
    advance(seconds) {
      if (kind === "real")
        throw new Error(
          "the clock is the machine's and cannot be moved; use SANDBOX_CLOCK=virtual",
        );
      if (!(seconds >= 0))
        throw new RangeError(
          `clock: ${seconds} seconds is not a time ahead; time does not run back`,
        );
      base += seconds * 1000;
      options.moved?.();
    },
    async wait(seconds) {
      if (kind === "virtual" && timeScale === undefined) {
        this.advance(seconds);
        return;
      }
      // A timer may go off a millisecond early, and what waits for an end would not be there yet.
      const end = now() + seconds * 1000;
      for (let left = end - now(); left > 0; left = end - now()) await sleep(left / real.rate);
    },
  };
}
