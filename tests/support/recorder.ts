import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { ARM_TYPES } from "../../components/model/graph/arm-types";
import { withoutApiVersion } from "../../components/model/graph/resource-graph";
import { takeUnhandled } from "./unhandled";

/** One registration, as the engine would have received it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly provider: string;
  /** Inputs as sent; secrets unwrapped, unknown ones absent. */
  readonly inputs: Record<string, unknown>;
  /** Inputs as they went over the wire, with the wrappers of secrets and the markers of unknown values. */
  readonly raw: Record<string, unknown>;
  /** Id as the mocks answered it; empty in preview mode. */
  readonly id: string;
  /** What the mocks answered, as it went over the wire. */
  readonly answer: Record<string, unknown>;
  /** Names of the resources that it was told to wait for. */
  readonly dependsOn: readonly string[];
  /** Names of the resources that each input comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The same two by URN. */
  readonly dependencyUrns: readonly string[];
  readonly propertyDependencyUrns: Readonly<Record<string, readonly string[]>>;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly deletedWith: string;
  readonly retainOnDelete: boolean;
  readonly protect: boolean;
  readonly aliases: number;
  /** Only read (`Subnet.get`), not registered. */
  readonly external: boolean;
  readonly timeouts: Readonly<{ create: string; update: string; delete: string }>;
}

export interface RecordOptions {
  /** Preview mode: what Azure computes is unknown. @default false */
  readonly preview?: boolean;
  /** Answers of functions by token. @default `{}` to each */
  readonly functions?: Readonly<Record<string, Record<string, unknown>>>;
  /** Properties of what stands already, by id, for programs that read it (`Subnet.get`). */
  readonly existing?: Readonly<Record<string, Record<string, unknown>>>;
}

export interface Recording<Result> {
  readonly result: Result;
  readonly registrations: readonly Registration[];
  /** The only registration of that logical name and type's last word. */
  readonly one: (type: string, name?: string) => Registration;
  /** All registrations of a type, named by its last word. */
  readonly all: (type: string) => Registration[];
}

const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";

/** ARM ids and names, made as Azure makes them, so that what refers to them resolves. */
function stateOf(
  args: pulumi.runtime.MockResourceArgs,
  preview: boolean,
): { id?: string; state: Record<string, unknown> } {
  const inputs = args.inputs as Record<string, unknown>;
  if (args.custom === false) return { id: undefined, state: {} };
  const name = nameOf(args.type, inputs) ?? args.name;
  const id = idOf(args.type, inputs, name);
  // What Azure answers is not known before it was asked; what we name ourselves is not either: an output.
  return preview
    ? { id: undefined, state: { ...inputs } }
    : {
        id,
        state: { ...inputs, ...withInlineIds(inputs, id), name, objectId: `oid-${args.name}` },
      };
}

/** Azure gives what stands inside a network an id of its own. */
function withInlineIds(inputs: Record<string, unknown>, id: string): Record<string, unknown> {
  if (!Array.isArray(inputs.subnets)) return {};
  const subnets = inputs.subnets as readonly Record<string, unknown>[];
  return {
    subnets: subnets.map((subnet) => ({ ...subnet, id: `${id}/subnets/${String(subnet.name)}` })),
  };
}

const NAME_INPUT: Readonly<Record<string, string>> = {
  ResourceGroup: "resourceGroupName",
  VirtualNetwork: "virtualNetworkName",
  Subnet: "subnetName",
  VirtualNetworkPeering: "virtualNetworkPeeringName",
  NetworkSecurityGroup: "networkSecurityGroupName",
  PublicIPAddress: "publicIpAddressName",
  NatGateway: "natGatewayName",
  RouteTable: "routeTableName",
  NetworkInterface: "networkInterfaceName",
  BastionHost: "bastionHostName",
  VirtualMachine: "vmName",
  VirtualMachineExtension: "vmExtensionName",
  RoleAssignment: "roleAssignmentName",
  RoleManagementPolicy: "roleManagementPolicyName",
  DiagnosticSetting: "name",
};

function lastWord(type: string): string {
  return type.split(":").pop() ?? type;
}

function nameOf(type: string, inputs: Record<string, unknown>): string | undefined {
  const key = NAME_INPUT[lastWord(type)];
  const name = key === undefined ? undefined : inputs[key];
  return typeof name === "string" ? name : undefined;
}

function idOf(type: string, inputs: Record<string, unknown>, name: string): string {
  const word = lastWord(type);
  const [module] = type.split(":").slice(1);
  if (!type.startsWith("azure-native:")) return `/${word}/${name}`;
  const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups`;
  if (word === "ResourceGroup") return `${group}/${name}`;
  if (typeof inputs.scope === "string") {
    return `${inputs.scope}/providers/Microsoft.${String(module)}/${word}/${name}`;
  }
  const arm = ARM_TYPES[withoutApiVersion(type)];
  const own = arm?.segments.map(([segment, input], index) => {
    const last = index === arm.segments.length - 1;
    return `${segment}/${last ? name : String(inputs[input])}`;
  });
  const place = `${arm?.namespace ?? String(module)}/${own?.join("/") ?? `${word}/${name}`}`;
  return `${group}/${String(inputs.resourceGroupName)}/providers/${place}`;
}

/** The getters of the engine's RegisterResourceRequest that are read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): {
    entries(): Iterable<[string, { getUrnsList(): string[] }]>;
  };
  getReplaceonchangesList(): string[];
  getIgnorechangesList(): string[];
  getDeletebeforereplace(): boolean;
  getDeletedwith(): string;
  getRetainondelete(): boolean;
  getProtect(): boolean;
  getAliasesList(): unknown[];
  getCustomtimeouts():
    { getCreate(): string; getUpdate(): string; getDelete(): string } | undefined;
}

/** The getters of the engine's answer that are read here. */
interface RegisterResponse {
  getUrn(): string;
  getId(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

class RecordingMonitor extends MockMonitor {
  public readonly registrations: (Registration & { order: number })[] = [];
  private readonly names = new Map<string, string>();

  private nameOf(urn: string): string {
    return this.names.get(urn) ?? urn;
  }

  public override async registerResource(
    req: RegisterRequest,
    callback: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    const order = this.registrations.length;
    await super.registerResource(req, (error: unknown, response: unknown) => {
      const answered = response as RegisterResponse | undefined;
      const urn = answered?.getUrn() ?? "";
      const propertyDependencyUrns = Object.fromEntries(
        [...req.getPropertydependenciesMap().entries()].map(([key, deps]) => [
          key,
          deps.getUrnsList(),
        ]),
      );
      this.names.set(urn, req.getName());
      const raw = req.getObject()?.toJavaScript() ?? {};
      const timeouts = req.getCustomtimeouts();
      this.registrations.push({
        order,
        type: req.getType(),
        name: req.getName(),
        urn,
        parent: this.nameOf(req.getParent()),
        custom: req.getCustom(),
        provider: req.getProvider(),
        raw,
        id: answered?.getId() ?? "",
        answer: answered?.getObject()?.toJavaScript() ?? {},
        inputs: unwrapped(raw) as Record<string, unknown>,
        dependsOn: req.getDependenciesList().map((dep) => this.nameOf(dep)),
        propertyDependencies: Object.fromEntries(
          Object.entries(propertyDependencyUrns).map(([key, urns]) => [
            key,
            urns.map((dep) => this.nameOf(dep)),
          ]),
        ),
        dependencyUrns: req.getDependenciesList(),
        propertyDependencyUrns,
        replaceOnChanges: req.getReplaceonchangesList(),
        ignoreChanges: req.getIgnorechangesList(),
        deleteBeforeReplace: req.getDeletebeforereplace(),
        deletedWith: this.nameOf(req.getDeletedwith()),
        retainOnDelete: req.getRetainondelete(),
        protect: req.getProtect(),
        aliases: req.getAliasesList().length,
        external: false,
        timeouts: {
          create: timeouts?.getCreate() ?? "",
          update: timeouts?.getUpdate() ?? "",
          delete: timeouts?.getDelete() ?? "",
        },
      });
      callback(error, response);
    });
  }

  public override async readResource(
    req: ReadRequest,
    callback: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    const order = this.registrations.length;
    await super.readResource(req, (error: unknown, response: unknown) => {
      const urn = (response as { getUrn(): string } | undefined)?.getUrn() ?? "";
      const answer = response as
        { getProperties(): { toJavaScript(): Record<string, unknown> } | undefined } | undefined;
      this.names.set(urn, req.getName());
      this.registrations.push({
        ...NO_OPTIONS,
        order,
        type: req.getType(),
        name: req.getName(),
        urn,
        parent: this.nameOf(req.getParent()),
        custom: true,
        provider: req.getProvider(),
        raw: {},
        inputs: {},
        id: req.getId(),
        answer: answer?.getProperties()?.toJavaScript() ?? {},
        dependsOn: req.getDependenciesList().map((dep) => this.nameOf(dep)),
        dependencyUrns: req.getDependenciesList(),
        external: true,
      });
      callback(error, response);
    });
  }
}

/** The getters of the engine's ReadResourceRequest that are read here. */
interface ReadRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getId(): string;
  getDependenciesList(): string[];
}

const NO_OPTIONS = {
  propertyDependencies: {},
  propertyDependencyUrns: {},
  replaceOnChanges: [],
  ignoreChanges: [],
  deleteBeforeReplace: false,
  deletedWith: "",
  retainOnDelete: false,
  protect: false,
  aliases: 0,
  timeouts: { create: "", update: "", delete: "" },
} as const;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function unwrapped(value: unknown): unknown {
  if (value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return unwrapped((value as { value?: unknown }).value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const plain = unwrapped(inner);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}

/**
 * Runs a program on Pulumi's mocks and returns everything that it registered, after all of it has
 * settled. A rejection that nobody awaited fails the recording.
 */
export async function record<Result>(
  program: () => Result,
  { preview = false, functions = {}, existing = {} }: RecordOptions = {},
): Promise<Recording<Result>> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: (args) => {
      const there = existing[args.id ?? ""];
      if (there !== undefined) return { id: args.id, state: there };
      const { id, state } = stateOf(args, preview);
      return { id: id ?? (preview ? "" : args.name), state };
    },
    call: (args) => functions[args.token] ?? {},
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview, "organization");
  const monitor = new RecordingMonitor(mocks);
  pulumi.runtime.setMockOptions(monitor, "project", "stack", preview, "organization");
  let result: Result | undefined;
  await pulumi.runtime.runInPulumiStack(() => {
    result = program();
    return Promise.resolve();
  });
  await pulumi.runtime.disconnect();
  // Node reports a rejection that nobody took after the turn in which it came up.
  await new Promise((settled) => setImmediate(settled));
  const [first] = takeUnhandled();
  if (first !== undefined) throw first as Error;
  const registrations = monitor.registrations.filter(({ type }) => type !== "pulumi:pulumi:Stack");
  const all = (type: string): Registration[] =>
    registrations.filter((r) => lastWord(r.type) === type);
  return {
    result: result as Result,
    registrations,
    all,
    one: (type, name) => {
      const found = all(type).filter((r) => name === undefined || r.name === name);
      const [only] = found;
      if (only === undefined || found.length !== 1) {
        throw new Error(`${found.length} registrations of ${type} ${name ?? ""}, expected one`);
      }
      return only;
    },
  };
}

/** The value of an output under mocks. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return (output as unknown as { promise(): Promise<Value> }).promise();
}
