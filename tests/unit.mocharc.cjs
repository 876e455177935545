// Tests that need neither engine nor browser: quick enough to run at every save.
module.exports = {
  spec: ["model", "components", "stacks", "sdk", "policy", "report", "sandbox", "faults"].map(
    (folder) => `tests/${folder}/**/*.test.ts`,
  ),
  ignore: ["tests/report/*.browser.test.ts"],
  require: ["tsx/cjs", "tests/support/unhandled.ts"],
  parallel: true,
  jobs: 2,
  timeout: 20_000,
  forbidOnly: true,
  forbidPending: process.env.FORBID_PENDING === "1",
};
