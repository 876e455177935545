// Tests on the real pulumi CLI against the simulated Azure, and of pages in a real browser, files in parallel.
module.exports = {
  spec: ["tests/engine/**/*.test.ts", "tests/report/*.browser.test.ts"],
  require: ["tsx/cjs", "tests/support/unhandled.ts"],
  parallel: true,
  jobs: 2,
  timeout: 300_000,
  forbidOnly: true,
  forbidPending: process.env.FORBID_PENDING === "1",
};
