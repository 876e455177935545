// What mutants are shown: the model's tests, quick ones first, because a mutant is found by the first that fails.
// Of the random estates few are enough: each mutant is shown all that cover it.
process.env.AGREEMENT_RUNS ??= "40";

module.exports = {
  spec: [
    "tests/model/*.test.ts",
    "tests/model/{packets,graph,estate,claims,identity}/*.test.ts",
    "tests/policy/policies.test.ts",
    "tests/model/network/agreement.test.ts",
    "tests/model/network/component.test.ts",
    "tests/model/plan/*.test.ts",
    "tests/model/catalogue/catalogue.test.ts",
  ],
  ignore: ["tests/model/**/speed.test.ts", "tests/model/identity/simulated-sign-in.test.ts"],
  sort: false,
  require: ["tsx/cjs", "tests/support/unhandled.ts"],
  timeout: 60_000,
};
