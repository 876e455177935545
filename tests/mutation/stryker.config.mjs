// Mutation testing of the model: `npm run test:mutation`, on Node 22 or newer, outside npm test because it
// takes long. A part of it: `npm run test:mutation -- --mutate "components/model/packets/**/*.ts"`.

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  plugins: ["@stryker-mutator/mocha-runner"],
  testRunner: "mocha",
  mochaOptions: { config: "tests/mutation/mocharc.cjs" },
  mutate: ["components/model/**/*.ts"],
  // What is read once while a module loads (tables) cannot be switched per mutant without loading all anew for each.
  ignoreStatic: true,
  mutator: {
    // Most text here is for people; what decides something is held by the types of the literals.
    excludedMutations: ["StringLiteral"],
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: "reports/mutation/incremental.json",
  reporters: ["clear-text", "progress", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: ".stryker-tmp",
  ignorePatterns: ["dist", "reports", ".sandbox", "tests/mutation/node_modules"],
  // So high a share of the mutants has to be found, or the command fails.
  thresholds: { high: 95, low: 90, break: 90 },
};
