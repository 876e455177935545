import { expect } from "chai";
import fc from "fast-check";
import { canonicalText, graphDigest } from "../../report/graph-digest";
import { Hidden } from "../../components/model/graph/resource-graph";
import { type ExportedState, changed } from "../support/recorded-state";
import { deployedState, reportOf } from "../support/report-inputs";

describe("the digest of a graph", () => {
  let state: ExportedState;
  before(async () => {
    state = await deployedState();
  });
  const digest = (document: unknown): string => reportOf(document).graph;

  it("is the same in any order of the resources and of what each depends on", () => {
    const { resources } = state.deployment;
    const before = digest(state);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(resources, { minLength: resources.length }),
        fc.boolean(),
        (shuffled, turned) => {
          const order = <Item>(list: readonly Item[]): Item[] =>
            turned ? [...list].reverse() : [...list];
          const others = shuffled.map((resource) => ({
            ...resource,
            dependencies: order(resource.dependencies),
            propertyDependencies: Object.fromEntries(
              order(Object.entries(resource.propertyDependencies)).map(([key, urns]) => [
                key,
                order(urns),
              ]),
            ),
          }));
          expect(digest({ ...state, deployment: { resources: others } })).to.equal(before);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("does not depend on times, on positions in source files or on who wrote the state", () => {
    const stamped = {
      ...state,
      deployment: {
        manifest: { time: "2026-11-25T08:00:00Z", version: "v3.259.0" },
        resources: state.deployment.resources.map((resource) => ({
          ...resource,
          created: "2026-11-25T08:00:00Z",
          modified: "2026-11-25T09:00:00Z",
          sourcePosition: "project:///stacks/index.ts#18,14",
          outputs: { ...resource.outputs, createdOn: "2026-11-25T08:00:00Z", etag: 'W/"1"' },
        })),
      },
    };
    expect(digest(stamped)).to.equal(digest(state));
  });

  it("differs where an input differs, and where only the provider's answer does", () => {
    const wider = (properties: Record<string, unknown>): Record<string, unknown> => ({
      ...properties,
      addressSpace: { addressPrefixes: ["10.20.0.0/23"] },
    });
    const asked = changed(state, "jump-app-network", wider);
    const drifted = structuredClone(state);
    const network = drifted.deployment.resources.find(({ urn }) =>
      urn.endsWith("::jump-app-network"),
    );
    network!.outputs = wider(network!.outputs);
    expect(new Set([state, asked, drifted].map(digest))).to.have.length(3);
  });

  it("marks a secret and an unknown value, and takes neither for a text", () => {
    const texts = [
      new Hidden("secret"),
      new Hidden("unknown"),
      "secret",
      null,
      { why: "secret" },
    ].map(canonicalText);
    expect(new Set(texts)).to.have.length(texts.length);
    expect(canonicalText({ customData: "IyEvYmluL3No" })).to.equal(
      canonicalText({ customData: new Hidden("secret") }),
    );
  });

  it("writes keys in one order and keeps the order of lists", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalText(turned)).to.equal(canonicalText(value));
      }),
    );
    expect(canonicalText([1, 2])).to.not.equal(canonicalText([2, 1]));
  });

  it("tells the views of a state apart", () => {
    const graph = { resources: [], unread: [] };
    expect(graphDigest([{ view: "inputs", graph }])).to.not.equal(
      graphDigest([{ view: "outputs", graph }]),
    );
  });
});
