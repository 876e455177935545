import { constants } from "node:os";
import type { Child } from "./processes";

/** Signals by which people and machines ask a program to end. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How long a process may take to end, in seconds. */
export interface Patience {
  /** After a request to end, before it is asked again (which makes pulumi drop what it is doing). */
  readonly cancel: number;
  /** After that, before it is killed. */
  readonly drop: number;
}

/** Nobody waits at a terminal after SIGTERM, so this one has an end; after Ctrl+C the person decides, by pressing it again. */
const PATIENCE: Patience = { cancel: 15, drop: 5 };

/** Passes signals on to the process that is in the foreground. */
export interface Signals {
  /** Waits for a process; signals that come meanwhile go to it, each once. */
  foreground(child: Child): Promise<number>;
  /** The first signal that came, or undefined. */
  readonly received: NodeJS.Signals | undefined;
  /** Whether a process had to be killed. */
  readonly killed: boolean;
}

/** The exit code of a process that ended by a signal, as shells say it. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/**
 * Takes over the signals of this process. While nothing is in the foreground a signal ends the process, whose exit
 * handlers clean up.
 */
export function takeSignals(patience: Patience = PATIENCE): Signals {
  let child: Child | undefined;
  let received: NodeJS.Signals | undefined;
  let killed = false;
  const timers: NodeJS.Timeout[] = [];

  function end(signal: NodeJS.Signals): void {
    received ??= signal;
    if (child === undefined) process.exit(exitCodeOf(signal));
    const current = child;
    current.signal(signal);
    if (signal === "SIGINT" || timers.length > 0) return;
    const drop = setTimeout(() => {
      current.signal("SIGTERM");
    }, patience.cancel * 1000);
    const kill = setTimeout(
      () => {
        killed = true;
        current.signal("SIGKILL");
      },
      (patience.cancel + patience.drop) * 1000,
    );
    timers.push(drop, kill);
  }
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      end(signal);
    });
  }

  return {
    async foreground(next) {
      child = next;
      try {
        return await next.ended;
      } finally {
        child = undefined;
        for (const timer of timers.splice(0)) clearTimeout(timer);
      }
    },
    get received() {
      return received;
    },
    get killed() {
      return killed;
    },
  };
}
