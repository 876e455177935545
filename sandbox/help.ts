import { VARIABLES } from "./options";

/** What `npm run sandbox -- --help` prints. */
export function helpText(): string {
  const width = Math.max(...Object.keys(VARIABLES).map((name) => name.length));
  return `Runs the real pulumi against a simulated Azure. Nothing here reaches Azure.

  npm run sandbox                                       brings up stack dev of this project and says how to connect
  npm run -s sandbox -- preview --stack prod            any pulumi command; "help" is pulumi's own
  npm run -s sandbox -- --cwd DIR up --yes              another Pulumi TypeScript program, the same simulated Azure
  npm run -s sandbox -- azure --help                    reads and changes the simulated Azure

pulumi's standard output passes as it is, notices go to standard error, and the exit code is pulumi's. It works on copies
of Pulumi.yaml and the stack files, so no tracked file changes; what \`config set\` writes lasts until the file changes.

Environment variables:
${Object.entries(VARIABLES)
  .map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)
  .join("\n")}
`;
}
