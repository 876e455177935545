import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { page, PAGE } from "../changes/page";
import { isChange, ROWS } from "../changes/table";
import { placeOf } from "../changes/change";
import { type ArgumentInputs, argumentInputs } from "../support/argument-inputs";

/** `spokes.app.vms.web.size` as the types have it, seen from an input or from an object that holds it. */
function isAt(place: string, input: string): boolean {
  const [places, inputs] = [place.split("."), input.split(".")];
  return (
    places.length <= inputs.length &&
    places.every((key, i) => inputs[i] === "*" || inputs[i] === key)
  );
}

describe("what a change costs", () => {
  let inputs: ArgumentInputs;
  before(function () {
    this.timeout(60_000); // the compiler reads the providers' types
    inputs = argumentInputs();
  });

  it("is said of every argument that the types have, and of nothing else", () => {
    const said = [...new Set(ROWS.map(({ input }) => input))];
    expect(inputs.values.filter((input) => !said.includes(input))).to.deep.equal([]);
    expect(said.filter((input) => !inputs.values.includes(input))).to.deep.equal([]);
  });

  it("is shown where the input stands, or on an object around it that may be left out", () => {
    for (const row of ROWS.filter(isChange)) {
      const place = placeOf(row);
      expect(isAt(place, row.input), `${row.input} at ${place}`).to.equal(true);
      const whole = row.input.split(".").slice(0, place.split(".").length).join(".");
      expect([row.input, ...inputs.optional, "spokes.*.allowInbound.*"], place).to.include(whole);
    }
  });

  it("has a reason wherever an input is not changed", () => {
    for (const row of ROWS) if (!isChange(row)) expect(row.because.length).to.be.greaterThan(20);
  });

  it("is on its page as the table has it; npm run docs:changes writes it", async () => {
    expect(readFileSync(PAGE, "utf8")).to.equal(await page());
  });
});

describe("the inputs of an interface", () => {
  it("are its values: through optional and output types, unions, lists and maps", () => {
    const sample = join(__dirname, "argument-inputs.sample.ts");
    expect(argumentInputs("Sample", sample)).to.deep.equal({
      values: ["list", "map.*", "map.*.inside", "one.kind", "one.zone", "size", "tags.*", "text"],
      optional: ["map", "one", "tags"],
    });
  }).timeout(60_000);
});
