// The package carries the pack built, a checkout as TypeScript. PolicyPack reads package.json of the
// working directory, and the engine may start a pack from anywhere.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

process.chdir(__dirname);
if (existsSync(join(__dirname, "serve.ts"))) {
  require("tsx/cjs");
  require("./serve.ts");
} else {
  require("../dist/policy/serve.js");
}
