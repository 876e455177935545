import { expect } from "chai";
import { AzureNative } from "../../../../sandbox/providers/azure-native/provider";
import { AzureAd } from "../../../../sandbox/providers/azuread/provider";
import { endpointOf } from "../../../../sandbox/providers/plugin/endpoint";
import { EngineSide } from "../engine-side";
import { refusalOf } from "../world";

describe("stand-in providers: the address of the simulated Azure", () => {
  for (const provider of [new AzureNative(undefined), new AzureAd(undefined)]) {
    it(`${provider.name} refuses to be configured without one`, async () => {
      const engine = await EngineSide.start(provider);
      try {
        expect(await refusalOf(engine.configure())).to.contain("found no SANDBOX_AZURE_URL");
      } finally {
        engine.close();
      }
    });
  }

  for (const Provider of [AzureNative, AzureAd]) {
    it(`lets ${Provider.name} preview, and leaves secrets to the engine as the real provider does`, async () => {
      const engine = await EngineSide.start(new Provider("http://127.0.0.1:9"));
      try {
        const answer = await engine.configure();
        expect(answer.getSupportspreview()).to.equal(true);
        expect(answer.getSupportsAutonamingConfiguration()).to.equal(true);
        expect(answer.getAcceptsecrets()).to.equal(false);
      } finally {
        engine.close();
      }
    });
  }

  it("is on the loopback interface and nowhere else", () => {
    for (const url of [
      "https://management.azure.com",
      "http://10.0.0.1:80",
      "http://example.org",
    ]) {
      expect(() => endpointOf(url, "azure-native")).to.throw(
        `SANDBOX_AZURE_URL: "${url}" is not on`,
      );
    }
    expect(() => endpointOf("nowhere", "azuread")).to.throw('"nowhere" is not an address');
    expect(endpointOf("http://127.0.0.1:4711/", "azuread")).to.equal("http://127.0.0.1:4711");
  });
});
