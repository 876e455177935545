// What mutants are shown: the model's tests. Random tests that go through thousands of estates are cut short in
// tests/support/mutation-runs.ts, because each mutant is shown all that cover it.
module.exports = {
  spec: ["tests/model/**/*.test.ts", "tests/policy/**/*.test.ts"],
  require: ["tsx/cjs", "tests/support/unhandled.ts"],
  timeout: 60_000,
};
