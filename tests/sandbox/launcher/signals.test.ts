import { spawn } from "node:child_process";
import { expect } from "chai";
import { REPOSITORY } from "../../../sandbox/options";

const waitFor = (child: string): string => `
  const child = start(process.execPath, ["-e", ${JSON.stringify(child)}], {
    cwd: ".", env: process.env, stdio: "inherit",
  });
  signals.foreground(child).then((code) => {
    console.log("child ended with", code, signals.received, signals.killed);
    process.exit(3);
  });`;

/** Runs a parent that waits for a child, sends it a signal once the child is up, and returns what both said. */
function signalled(child: string | undefined, signal: NodeJS.Signals): Promise<string> {
  const program = `
    const { takeSignals } = require("./sandbox/signals.ts");
    const { start } = require("./sandbox/processes.ts");
    const signals = takeSignals({ cancel: 0.2, drop: 0.2 });
    process.on("exit", (code) => console.log("exit", code));
    ${child === undefined ? 'setInterval(() => {}, 1000); console.log("up");' : waitFor(child)}`;
  const parent = spawn(process.execPath, ["--require", "tsx/cjs", "-e", program], {
    cwd: REPOSITORY,
    stdio: "pipe",
  });
  let said = "";
  parent.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (text.includes("up\n")) parent.kill(signal);
  });
  parent.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve) =>
    parent.once("close", () => {
      resolve(said);
    }),
  );
}

const DEAF = `
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => console.log(name));
  setInterval(() => {}, 1000);
  console.log("up");`;

describe("a signal to the sandbox", () => {
  it("is asked again, then enforced, where pulumi does not end on SIGTERM", async () => {
    expect(await signalled(DEAF, "SIGTERM")).to.equal(
      "up\nSIGTERM\nSIGTERM\nchild ended with 137 SIGTERM true\nexit 3\n",
    );
  });

  it("is left to the person who presses Ctrl+C: once is once", async () => {
    const patient = `${DEAF} process.on("SIGINT", () => setTimeout(() => process.exit(7), 600));`;
    expect(await signalled(patient, "SIGINT")).to.equal(
      "up\nSIGINT\nchild ended with 7 SIGINT false\nexit 3\n",
    );
  });

  it("ends the sandbox at once, exit handlers included, while no process is in the foreground", async () => {
    expect(await signalled(undefined, "SIGTERM")).to.equal("up\nexit 143\n");
  });
});
