/** What `npm run report -- --help` prints. */
export const HELP = `Proves the network path and the identity path of a Pulumi program before it is deployed, or after.
What each claim means is in docs/claims.md, the forms of the report are in docs/report.md.

  npm run report -- --stack dev                                  the page of a stack of this project, previewed in the sandbox
  npm run -s report -- --state FILE --format markdown            of what \`pulumi stack export\` wrote
  pulumi preview --json --show-sames | npm run -s report -- --state -    of a preview, also of programs without the component

  --state FILE         exported state, or preview written with --show-sames; - is standard input
  --stack NAME         previews the stack against the simulated Azure of the sandbox
  --format FORM        json, sarif, markdown or html (json; html with --stack)
  --out FILE           writes the report there (standard output; a stack's page goes to reports/NAME.html)
  --declare FILE       JSON: break-glass groups, what activation has to ask for, further sign-in ports
  --no-assumptions     what holds only under an assumption is unknown
  --simulated          says on the report that the file came from the sandbox
  --project-file PATH  file of the repository that SARIF results point to (Pulumi.yaml)

Exit code: 0 nothing is refuted, 2 something is, 1 it could not be read.
`;
