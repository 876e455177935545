import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultPlan } from "../../../sandbox/azure/fault-plan";
import { startSimulatedAzure, type SimulatedAzure } from "../../../sandbox/azure/server";
import { AzureNative } from "../../../sandbox/providers/azure-native/provider";
import { AzureAd } from "../../../sandbox/providers/azuread/provider";
import type { Values } from "../../../sandbox/providers/plugin/values";
import { EngineSide, type Created } from "./engine-side";

/** Subscription and groups of the default tenant file. */
export const subscription = "22222222-2222-4222-8222-222222222222";
export const operators = "33333333-0000-4000-8000-000000000001";
export const emergency = "33333333-0000-4000-8000-000000000004";
export const unrelatedUser = "44444444-0000-4000-8000-000000000051";

/** A simulated Azure of its own, and both stand-ins as the engine sees them. */
export interface World {
  readonly azure: SimulatedAzure;
  readonly native: EngineSide;
  readonly entra: EngineSide;
}

export interface WorldOptions {
  readonly faults?: FaultPlan;
  /** Configuration of azure-native; location westeurope by default. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Runs a test against a world that is taken down afterwards. */
export function inWorld(
  test: (world: World) => Promise<void>,
  options: WorldOptions = {},
): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "providers-"));
    const { faults } = options;
    const storeFile = join(folder, "store.json");
    const azure = await startSimulatedAzure({
      storeFile,
      ...(faults === undefined ? {} : { faults }),
    });
    const native = await EngineSide.start(new AzureNative(azure.url));
    const entra = await EngineSide.start(new AzureAd(azure.url));
    try {
      await native.configure(options.config ?? { "azure-native:config:location": "westeurope" });
      await entra.configure();
      await test({ azure, native, entra });
    } finally {
      native.close();
      entra.close();
      await azure.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** A resource as the engine would have it in its state. */
export interface Deployed extends Created {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
}

/** Checks and creates, as `pulumi up` does. */
export async function deploy(
  engine: EngineSide,
  type: string,
  name: string,
  args: Values,
): Promise<Deployed> {
  const { inputs, failures } = await engine.check(type, name, args);
  if (failures.length > 0) throw new Error(failures.map((failure) => failure.reason).join("; "));
  return { type, name, inputs, ...(await engine.create(type, name, inputs)) };
}

export const types = {
  resourceGroup: "azure-native:resources:ResourceGroup",
  virtualNetwork: "azure-native:network:VirtualNetwork",
  subnet: "azure-native:network:Subnet",
  peering: "azure-native:network:VirtualNetworkPeering",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  securityRule: "azure-native:network:SecurityRule",
  publicAddress: "azure-native:network:PublicIPAddress",
  networkInterface: "azure-native:network:NetworkInterface",
  routeTable: "azure-native:network:RouteTable",
  bastion: "azure-native:network:BastionHost",
  virtualMachine: "azure-native:compute:VirtualMachine",
  extension: "azure-native:compute:VirtualMachineExtension",
  roleAssignment: "azure-native:authorization:RoleAssignment",
  policy: "azure-native:authorization:RoleManagementPolicy",
  policyAssignment: "azure-native:authorization:RoleManagementPolicyAssignment",
  eligibility: "azure-native:authorization:PimRoleEligibilitySchedule",
  lock: "azure-native:authorization:ManagementLockByScope",
  diagnosticSetting: "azure-native:monitor:DiagnosticSetting",
  workspace: "azure-native:operationalinsights:Workspace",
  storageAccount: "azure-native:storage:StorageAccount",
} as const;

export const groupName = "rg-test";
export const groupId = `/subscriptions/${subscription}/resourceGroups/${groupName}`;

export function deployGroup(engine: EngineSide): Promise<Deployed> {
  return deploy(engine, types.resourceGroup, "rg", { resourceGroupName: groupName });
}

/** A network 10.20.0.0/16 named `vnet` in the group, without subnets. */
export function deployNetwork(engine: EngineSide, more: Values = {}): Promise<Deployed> {
  return deploy(engine, types.virtualNetwork, "vnet", {
    resourceGroupName: groupName,
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
    ...more,
  });
}

/** A subnet of `vnet`. */
export function deploySubnet(
  engine: EngineSide,
  name: string,
  addressPrefix: string,
): Promise<Deployed> {
  return deploy(engine, types.subnet, name, {
    resourceGroupName: groupName,
    virtualNetworkName: "vnet",
    subnetName: name,
    addressPrefix,
  });
}

/** The message of a call that must fail. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (error instanceof Error) return error.message;
  throw new Error("the call succeeded");
}
