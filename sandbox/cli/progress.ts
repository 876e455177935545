import ora from "ora";

/** Says on standard error what a long step is doing and for how long. */
export interface Progress {
  /** What is being done now, in a few words. */
  say(text: string): void;
  /** Ends the display; `outcome` stays on the screen. */
  end(outcome: string): void;
}

/** Where there is no terminal to animate, a line is repeated this often, so that a log shows that work goes on. */
const SECONDS_BETWEEN_LINES = 30;

function clock(start: number): string {
  const seconds = Math.round((Date.now() - start) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Animates on a terminal, writes plain lines elsewhere (logs of continuous integration). */
export function openProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const start = Date.now();
  let text = "";
  if (!stream.isTTY) {
    const line = (): void => {
      stream.write(`sandbox: ${text} (${clock(start)})\n`);
    };
    const timer = setInterval(line, SECONDS_BETWEEN_LINES * 1000);
    return {
      say(next) {
        if (next === text) return;
        text = next;
        line();
      },
      end(outcome) {
        clearInterval(timer);
        stream.write(`sandbox: ${outcome} (${clock(start)})\n`);
      },
    };
  }
  const spinner = ora({ stream, discardStdin: false }).start();
  const timer = setInterval(() => (spinner.text = `${text} (${clock(start)})`), 1000);
  return {
    say(next) {
      text = next;
      spinner.text = `${text} (${clock(start)})`;
    },
    end(outcome) {
      clearInterval(timer);
      spinner.stopAndPersist({ text: `sandbox: ${outcome} (${clock(start)})` });
    },
  };
}

/** Says nothing; for tests and for callers that show progress themselves. */
export const silent: Progress = { say: () => undefined, end: () => undefined };
