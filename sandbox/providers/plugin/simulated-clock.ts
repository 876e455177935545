/** The clock of the simulated Azure, on which the provider's own waits run. */
export interface SimulatedClock {
  /** Lets simulated seconds pass, which costs no time while the clock is virtual. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

/** The clock of the simulated Azure at an address. */
export function clockAt(url: string): SimulatedClock {
  return {
    async wait(seconds, signal) {
      let response: Response;
      try {
        response = await fetch(`${url}/simulated/clock`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ wait: seconds }),
          signal,
        });
      } catch (error) {
        signal.throwIfAborted();
        throw new Error(
          `the simulated Azure at ${url} does not answer; it has ended or was never there`,
          {
            cause: error,
          },
        );
      }
      if (!response.ok) {
        throw new Error(
          `the simulated Azure at ${url} does not let its clock wait: HTTP ${response.status}`,
        );
      }
      await response.body?.cancel();
    },
  };
}
