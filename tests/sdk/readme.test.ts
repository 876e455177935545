import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const repository = join(__dirname, "..", "..");
const readme = readFileSync(join(repository, "README.md"), "utf8");

describe("the README", () => {
  it("names only tests and pages that exist", () => {
    const tests = [...readme.matchAll(/`(tests\/[\w/.-]+)`/g)].map(([, path]) => path ?? "");
    const pages = [...readme.matchAll(/\]\(((?!http)[\w/.-]+)\)/g)].map(([, path]) => path ?? "");
    expect(tests.length).to.be.greaterThan(10);
    expect(
      [...tests, ...pages].filter((path) => !existsSync(join(repository, path))),
    ).to.deep.equal([]);
  });

  it("names only commands that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name ?? "");
    expect(named).to.include("sandbox");
    expect(named.filter((name) => !(name in scripts))).to.deep.equal([]);
  });
});
