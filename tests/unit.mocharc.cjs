// Tests that need no engine: quick enough to run at every save.
module.exports = {
  spec: ["model", "components", "stacks", "sdk", "policy", "report", "sandbox", "faults"].map(
    (folder) => `tests/${folder}/**/*.test.ts`,
  ),
  require: ["tsx/cjs", "tests/support/unhandled.ts"],
  timeout: 20_000,
  forbidOnly: true,
  forbidPending: process.env.FORBID_PENDING === "1",
};
