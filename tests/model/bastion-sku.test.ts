import { expect } from "chai";
import fc from "fast-check";
import {
  BASTION_SKUS,
  type BastionFeature,
  type BastionSku,
  checkBastion,
  FEATURE_CONFLICTS,
  isDowngrade,
  resolveFeatures,
  SCALE_UNITS,
  SKU_FEATURES,
} from "../../components/model/bastion-sku";

/** https://learn.microsoft.com/azure/bastion/bastion-sku-comparison, written out: Developer, Basic, Standard, Premium. */
const MICROSOFT: Record<BastionFeature, string> = {
  nativeClient: "no no yes yes",
  ipConnect: "no no yes yes",
  shareableLink: "no no yes yes",
  fileCopy: "no no yes yes",
  copyPaste: "yes yes yes yes",
  kerberos: "yes yes yes yes",
  sessionRecording: "no no no yes",
  privateOnly: "no no no yes",
};

const sku = fc.constantFrom(...BASTION_SKUS);
const features = fc.record(
  Object.fromEntries(Object.keys(SKU_FEATURES).map((f) => [f, fc.boolean()])),
  { requiredKeys: [] },
);

describe("SKUs of Bastion", () => {
  it("have the features of Microsoft's table", () => {
    for (const [feature, row] of Object.entries(MICROSOFT)) {
      const ours = BASTION_SKUS.map((s) =>
        SKU_FEATURES[feature as BastionFeature].includes(s) ? "yes" : "no",
      );
      expect(ours.join(" "), feature).to.equal(row);
    }
  });

  it("scale from 2 to 50, Basic not at all", () => {
    expect(SCALE_UNITS).to.deep.equal({
      Developer: undefined,
      Basic: { least: 2, most: 2 },
      Standard: { least: 2, most: 50 },
      Premium: { least: 2, most: 50 },
    });
  });

  it("have defaults that every SKU accepts, with the side doors shut", () => {
    for (const s of BASTION_SKUS) {
      expect(checkBastion({ sku: s }), s).to.deep.equal([]);
      const { ipConnect, shareableLink, fileCopy, kerberos, sessionRecording } = resolveFeatures({
        sku: s,
      });
      expect([ipConnect, shareableLink, fileCopy, kerberos, sessionRecording], s).to.deep.equal([
        false,
        false,
        false,
        false,
        false,
      ]);
    }
    expect(resolveFeatures({ sku: "Standard" })).to.include({
      nativeClient: true,
      copyPaste: false,
    });
  });

  it("accept a choice exactly when the table has every feature and no two exclude each other", () => {
    fc.assert(
      fc.property(sku, features, (s, chosen) => {
        const choice = { sku: s, features: chosen };
        const wanted = resolveFeatures(choice);
        const missing = Object.entries(chosen).some(
          ([feature, on]) => on && !SKU_FEATURES[feature as BastionFeature].includes(s),
        );
        const stuck = chosen.copyPaste === false && (s === "Developer" || s === "Basic");
        const clash = FEATURE_CONFLICTS.some(({ both }) =>
          both.every((feature) => wanted[feature]),
        );
        expect(checkBastion(choice).length === 0).to.equal(!missing && !stuck && !clash);
      }),
    );
  });

  it("refuse what is no SKU, no feature and no switch", () => {
    expect(checkBastion({ sku: "Free" as BastionSku })).to.deep.equal([
      { path: "sku", problem: '"Free" is no SKU; use Developer, Basic, Standard, Premium' },
    ]);
    const odd = { tunnelling: true, kerberos: "yes" } as unknown as Record<BastionFeature, boolean>;
    expect(checkBastion({ sku: "Standard", features: odd }).map(({ path }) => path)).to.deep.equal([
      "features.tunnelling",
      "features.kerberos",
    ]);
  });

  it("go down from any to any that stands before it, however Azure spells them, and never to what is no SKU", () => {
    fc.assert(
      fc.property(sku, sku, (from, to) => {
        const order = "Developer Basic Standard Premium";
        expect(isDowngrade(from, to.toUpperCase())).to.equal(
          order.indexOf(to) < order.indexOf(from),
        );
      }),
    );
    expect(isDowngrade("Premium", "")).to.equal(false);
    expect(isDowngrade("", "Basic")).to.equal(false);
  });

  it("take zones once each, and none on Developer", () => {
    expect(checkBastion({ sku: "Standard", zones: ["1", "1"] })).to.deep.equal([
      { path: "zones[1]", problem: '"1" stands there twice; leave one out' },
    ]);
    expect(checkBastion({ sku: "Developer", zones: ["1"] }).map(({ path }) => path)).to.deep.equal([
      "zones",
    ]);
  });
});
