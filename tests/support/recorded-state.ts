import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { record, type Recording } from "./recorder";

/** A resource as `pulumi stack export` writes it. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What `pulumi stack export` writes, as far as anybody reads it. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: { readonly resources: ExportedResource[] };
}

/** The export that a deployment of a recorded program would give. */
export function exportedState({
  registrations,
}: Pick<Recording<unknown>, "registrations">): ExportedState {
  const resources = registrations.map((registration): ExportedResource => {
    const { urn, type, custom, id, raw, answer } = registration;
    return {
      urn,
      type,
      custom,
      ...(custom && id !== "" ? { id } : {}),
      inputs: raw,
      outputs: answer,
      dependencies: registration.dependencyUrns,
      propertyDependencies: registration.propertyDependencyUrns,
    };
  });
  return { version: 3, deployment: { resources } };
}

/** The export of an environment that the component makes. */
export async function environmentState(args: SecureJumpAccessArgs): Promise<ExportedState> {
  return exportedState(await record(() => new SecureJumpAccess("jump", args)));
}

/** Changes one resource, in what was asked for and in what was answered. */
export function changed(
  state: ExportedState,
  name: string,
  change: (properties: Record<string, unknown>) => Record<string, unknown>,
): ExportedState {
  const copy = structuredClone(state);
  const found = copy.deployment.resources.filter(({ urn }) => urn.endsWith(`::${name}`));
  const [resource] = found;
  if (resource === undefined || found.length !== 1) {
    throw new Error(`${found.length} resources are named ${name}, expected one`);
  }
  resource.inputs = change(resource.inputs);
  resource.outputs = change(resource.outputs);
  return copy;
}

/** Puts a rule before all others of a security group that the component makes. */
export function withRule(
  state: ExportedState,
  group: string,
  rule: Readonly<Record<string, unknown>>,
): ExportedState {
  return changed(state, group, (properties) => ({
    ...properties,
    securityRules: [{ ...RULE, ...rule }, ...(properties.securityRules as readonly unknown[])],
  }));
}

const RULE = {
  access: "Allow",
  direction: "Inbound",
  priority: 101,
  protocol: "Tcp",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "22",
};

/** An environment whose spokes are that of another, so many times over, with so many more Linux VMs each. */
export function manySpokes(state: ExportedState, spokes: number, machines: number): ExportedState {
  const { resources } = state.deployment;
  const ofSpoke = resources.filter(({ urn }) => /::jump-app\b/.test(urn));
  const rest = resources.filter((resource) => !ofSpoke.includes(resource));
  const ofMachine = ofSpoke.filter(({ urn }) => /-web\b/.test(urn));
  const renamed = (
    list: readonly ExportedResource[],
    ...pairs: [RegExp, string][]
  ): ExportedResource[] =>
    JSON.parse(
      pairs.reduce((text, [from, to]) => text.replace(from, to), JSON.stringify(list)),
    ) as ExportedResource[];
  const whole = [
    ...ofSpoke,
    ...numbers(machines).flatMap((n) => renamed(ofMachine, [/\bweb\b/g, `web${n}`])),
  ];
  const all = numbers(spokes).flatMap((n) =>
    renamed(whole, [/\bapp\b/g, `app${n}`], [/\b10\.20\.0\./g, `10.20.${n}.`]),
  );
  return { ...state, deployment: { resources: [...rest, ...all] } };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
