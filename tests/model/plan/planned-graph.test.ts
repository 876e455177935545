import { expect } from "chai";
import {
  Hidden,
  isObject,
  type ResourceGraph,
  type Value,
} from "../../../components/model/graph/resource-graph";
import { plannedGraph } from "../../../components/model/plan/planned-graph";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../../sdk";
import { largest, smallest } from "../../support/environment";
import { recordedGraph } from "../../support/recorded-graph";
import { record } from "../../support/recorder";

/** Types of which a claim looks at nothing that the plan does not hold, or nothing at all. */
const NOT_PLANNED = [
  "azure-native:network:PublicIPAddress",
  "azure-native:monitor:DiagnosticSetting",
  "azuread:index/servicePrincipal:ServicePrincipal",
  "secure-jump-access:index:SecureJumpAccess",
  "secure-jump-access:index:HubNetwork",
  "secure-jump-access:index:BastionHost",
  "secure-jump-access:index:EntraLoginExtension",
];
/** Inputs that exist at deployment only, or whose value is drawn there. */
const DRAWN = ["adminPassword", "publicKeys", "authenticationStrengthPolicyId", "excludedGroups"];

/** Places at which the plan says something that the registration does not. */
function differences(plan: Value, real: Value | undefined, path: string): string[] {
  if (plan instanceof Hidden || DRAWN.some((key) => path.endsWith(key))) return [];
  if (Array.isArray(plan)) {
    const list = Array.isArray(real) ? (real as readonly Value[]) : [];
    return [
      ...(list.length === plan.length ? [] : [`${path}: ${plan.length} of ${list.length}`]),
      ...plan.flatMap((value: Value, index) =>
        differences(value, list[index], `${path}[${index}]`),
      ),
    ];
  }
  if (isObject(plan)) {
    const object = isObject(real) ? (real as Readonly<Record<string, Value>>) : {};
    return Object.entries(plan).flatMap(([key, value]) =>
      differences(value, object[key], path === "" ? key : `${path}.${key}`),
    );
  }
  const same =
    typeof plan === "string" && typeof real === "string" && plan.startsWith("/subscriptions/")
      ? plan.toLowerCase() === real.toLowerCase()
      : plan === real;
  return same ? [] : [`${path}: ${JSON.stringify(plan)} is ${JSON.stringify(real)}`];
}

async function recorded(args: SecureJumpAccessArgs): Promise<ResourceGraph> {
  return recordedGraph(await record(() => new SecureJumpAccess("jump", args)));
}

describe("the plan of an environment", () => {
  for (const [scenario, args] of [
    ["smallest", smallest],
    ["largest", largest],
  ] as const) {
    it(`says of each resource what the component registers, in the ${scenario}`, async () => {
      const real = await recorded(args());
      const plan = plannedGraph("jump", args());
      const found = plan.resources.flatMap(({ type, name, properties }) => {
        const match = real.resources.find((one) => one.type === type && one.name === name);
        if (match === undefined) return [`${type} ${name} is not registered`];
        return differences(properties, match.properties, "").map((line) => `${name}: ${line}`);
      });
      expect(found).to.deep.equal([]);
    });

    it(`leaves out nothing that a claim looks at, in the ${scenario}`, async () => {
      const real = await recorded(args());
      const plan = plannedGraph("jump", args());
      const missing = real.resources
        .filter(({ type }) => !NOT_PLANNED.includes(type))
        .filter(
          ({ type, name }) => !plan.resources.some((one) => one.type === type && one.name === name),
        );
      expect(missing.map(({ name }) => name)).to.deep.equal([]);
    });
  }

  it("is told apart from a registration that differs, by this very test", async () => {
    const real = await recorded(smallest());
    const plan = plannedGraph("jump", {
      ...smallest(),
      hub: { addressSpace: "10.11.0.0/24" },
    });
    const network = (graph: ResourceGraph): Value =>
      graph.resources.find(({ name }) => name === "jump-hub-network")!.properties;
    expect(differences(network(plan), network(real), "")).to.deep.equal([
      'addressSpace.addressPrefixes[0]: "10.11.0.0/24" is "10.10.0.0/24"',
    ]);
  });
});
