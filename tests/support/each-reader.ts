import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import type { Claim, ClaimId, Verdict } from "../../components/model/claims/claim";
import { prove } from "../../components/model/claims/prove";
import type { Declaration } from "../../components/model/estate/access-estate";
import { readEstate } from "../../components/model/estate/read-estate";
import { readPulumiJson, viewsOf } from "../../components/model/graph/read-pulumi-json";
import {
  type GraphResource,
  Hidden,
  isObject,
  type ResourceGraph,
  type Value,
} from "../../components/model/graph/resource-graph";
import { CLAIM_POLICIES } from "../../policy/claim-policies";
import { makePolicies } from "../../policy/policies";
import type { ProgramConfig } from "../../policy/program-config";
import { UNKNOWN } from "./graph-of";

// The pack's own proxies: exported, but left out of its types.
declare module "@pulumi/policy/proxy" {
  export function unknownCheckingProxy(toProxy: object): Record<string, unknown>;
}

/** A verdict of one claim, as any of the readers comes to it. */
export type Decided = Pick<Claim, "id" | "subject" | "verdict">;

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** As Pulumi writes a value, what is hidden behind its marker. */
function written(value: Value): unknown {
  if (value instanceof Hidden) {
    return value.why === "unknown" ? UNKNOWN : { ...SECRET, ciphertext: "AAAA" };
  }
  if (Array.isArray(value)) return value.map((item: Value) => written(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner)]));
}

interface Halves {
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** What the program asked for, and that with what its provider answered. */
function halves({ properties, answered = [] }: GraphResource): Halves {
  const all = Object.entries(properties).map(([key, value]) => [key, written(value)] as const);
  return {
    inputs: Object.fromEntries(all.filter(([key]) => !answered.includes(key))),
    outputs: Object.fromEntries(all),
  };
}

/** What `pulumi stack export` would write of a graph that is deployed. */
export function exportOf({ resources }: ResourceGraph): object {
  return {
    version: 3,
    deployment: {
      resources: resources.map((resource) => {
        const { urn, type, id, dependencies, propertyDependencies, external } = resource;
        return { urn, type, id, external, ...halves(resource), dependencies, propertyDependencies };
      }),
    },
  };
}

/** What `pulumi preview --json` would write of a graph that is not deployed. */
export function previewOf({ resources }: ResourceGraph): object {
  return {
    steps: resources.map((resource) => {
      const { urn, type, id, dependencies, propertyDependencies, external } = resource;
      const { inputs, outputs } = halves(resource);
      // What is only read is answered in a preview as well.
      const told = external ? { id, inputs, outputs } : { inputs };
      return {
        op: external ? "read" : "create",
        urn,
        newState: { urn, type, ...told, external, dependencies, propertyDependencies },
      };
    }),
    changeSummary: { create: resources.length },
  };
}

/** Claims as the report reads them from a file. */
export function claimsOfFile(document: object, declared: Partial<Declaration> = {}): Claim[] {
  const json: unknown = JSON.parse(JSON.stringify(document));
  const estates = viewsOf(json).map((view) => readEstate(readPulumiJson(json, view), declared));
  return [...prove(...estates).claims];
}

/** The resources of a graph as the engine hands them to a policy pack, behind the pack's proxies. */
function policyResources(graph: ResourceGraph): PolicyResource[] {
  const made = graph.resources.map((resource) => {
    const { urn, type, name, id } = resource;
    const props = { ...halves(resource).outputs, ...(id === undefined ? {} : { id }) };
    const own = { type, urn, name, opts: {}, dependencies: [], propertyDependencies: {} };
    return { ...own, props: unknownCheckingProxy(props) } as unknown as PolicyResource;
  });
  const byUrn = new Map(made.map((resource) => [resource.urn, resource]));
  const all = (urns: readonly string[]): PolicyResource[] =>
    urns.flatMap((urn) => byUrn.get(urn) ?? []);
  for (const [index, resource] of graph.resources.entries()) {
    Object.assign(made[index] ?? {}, {
      dependencies: all(resource.dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, all(urns)]),
      ),
    });
  }
  return made;
}

/** What one policy of the pack said. */
export interface Said {
  readonly policy: string;
  readonly message: string;
  readonly urn: string | undefined;
}

/** Everything that the pack says of a program. */
export async function saidByPack(
  graph: ResourceGraph,
  config: ProgramConfig = {},
  today = "2026-01-31",
): Promise<Said[]> {
  const said: Said[] = [];
  const resources = policyResources(graph);
  for (const policy of makePolicies(() => today)) {
    const say = (message: string, urn?: string): void => {
      said.push({ policy: policy.name, message, urn });
    };
    if ("validateResource" in policy && typeof policy.validateResource === "function") {
      for (const resource of graph.resources) {
        if (resource.external) continue;
        const props = unknownCheckingProxy(halves(resource).inputs);
        const args = { ...resource, props, getConfig: () => config };
        await policy.validateResource(args as never, say);
      }
    }
    if ("validateStack" in policy) {
      const args = { resources, getConfig: () => config } as unknown as StackValidationArgs;
      await policy.validateStack(args, say);
    }
  }
  return said;
}

const LINE = /^([NI]\d) (refuted|unknown|staged) for (.+?): /;

/** Verdicts that the pack told of: those that are proved it keeps to itself. */
export function decidedByPack(said: readonly Said[]): Decided[] {
  return said.flatMap(({ policy, message }) => {
    const [, id, verdict, subject] = LINE.exec(message) ?? [];
    if (id === undefined || verdict === undefined || subject === undefined) return [];
    const refuted = CLAIM_POLICIES[id as ClaimId].name;
    const teller = { refuted, unknown: "undecided-claims", staged: "staged-claims" }[verdict];
    if (policy !== teller) throw new Error(`${policy} tells of a claim that is ${verdict}`);
    return [{ id: id as ClaimId, verdict: verdict as Verdict, subject }];
  });
}

/** The claims that are not proved, by each of the ways in which a program is read. */
export async function byEachReader(
  graph: ResourceGraph,
): Promise<Readonly<Record<"registrations" | "state" | "policy pack", readonly Decided[]>>> {
  const open = (claims: readonly Decided[]): Decided[] =>
    claims
      .filter(({ verdict }) => verdict !== "proved")
      .map(({ id, subject, verdict }) => ({ id, subject, verdict }));
  return {
    registrations: open(prove(readEstate(graph)).claims),
    state: open(claimsOfFile(exportOf(graph))),
    "policy pack": decidedByPack(await saidByPack(graph)),
  };
}
