import { expect } from "chai";
import { mortalityOf } from "../../../../sandbox/providers/plugin/mortality";

/** What happened, in order: `work` for an operation carried out, `death` for a kill. */
async function storyOf(
  text: string,
  operations: number,
  provider = "azure-native",
): Promise<string[]> {
  const story: string[] = [];
  const mortality = mortalityOf(text, provider, () => story.push("death"));
  for (let i = 0; i < operations; i += 1) {
    await mortality.during(false, () => Promise.resolve(story.push("work")));
  }
  return story;
}

describe("stand-in providers: death at an operation", () => {
  it("comes before the n-th operation is carried out, or after it", async () => {
    expect(await storyOf("2:before", 3)).to.deep.equal(["work", "death", "work", "work"]);
    expect(await storyOf("2:after", 3)).to.deep.equal(["work", "work", "death", "work"]);
  });

  it("counts no previews", async () => {
    const story: string[] = [];
    const mortality = mortalityOf("1:before", "azuread", () => story.push("death"));
    await mortality.during(true, () => Promise.resolve());
    expect(story).to.deep.equal([]);
    await mortality.during(false, () => Promise.resolve());
    expect(story).to.deep.equal(["death"]);
  });

  it("meets the provider that is named and no other", async () => {
    expect(await storyOf("azuread:1:before", 1, "azuread")).to.deep.equal(["death", "work"]);
    expect(await storyOf("azuread:1:before", 1, "azure-native")).to.deep.equal(["work"]);
  });

  it("never comes where nothing is set", async () => {
    expect(await storyOf("", 2)).to.deep.equal(["work", "work"]);
  });

  it("refuses a text of another form", () => {
    expect(() => mortalityOf("soon", "azuread")).to.throw(
      RangeError,
      'SANDBOX_PROVIDER_DIE_AT: "soon" is not an operation; use 3:before',
    );
    expect(() => mortalityOf("0:before", "azuread")).to.throw(RangeError);
  });
});
