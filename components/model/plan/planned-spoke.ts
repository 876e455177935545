import { type EnvironmentChoice, spokeNaming } from "../environment-check";
import type { GraphResource } from "../graph/resource-graph";
import { bastionSubnetRange } from "../hub";
import { LOCAL_CREDENTIAL_TAG, localCredentialText } from "../local-credential-tag";
import { LOGIN_EXTENSIONS } from "../login-extension";
import { securityRuleDocument } from "../nsg-rule";
import { resourceName } from "../resource-names";
import {
  machineName,
  machineSubnetRange,
  type MachineChoice,
  signInPort,
  type SpokeChoice,
} from "../spoke";
import { workloadNsgRules } from "../workload-nsg-rules";
import type { PlannedHub } from "./planned-hub";
import { groupId, type Place, planned, plannedId } from "./planned-resource";

const SPOKE = "secure-jump-access:index:SpokeWorkload";
const MACHINE = "azure-native:compute:VirtualMachine";

/** A spoke of an environment, as far as other parts refer to it. */
export interface PlannedSpoke {
  readonly scope: string;
  readonly resources: readonly GraphResource[];
}

/** What `SpokeWorkload` and the login extensions of its VMs make. */
export function plannedSpoke(
  name: string,
  key: string,
  spoke: SpokeChoice,
  args: EnvironmentChoice<unknown>,
  hub: PlannedHub,
): PlannedSpoke {
  const naming = spokeNaming(name, key, args);
  const { baseName } = naming;
  const place = {
    subscriptionId: args.subscriptionId,
    group: resourceName("resourceGroup", baseName),
  };
  const logical = `${name}-${key}`;
  const common = { resourceGroupName: place.group };
  const networkName = resourceName("virtualNetwork", baseName);
  const networkId = plannedId(place, "Network", "virtualNetworks", networkName);
  const guardName = resourceName("networkSecurityGroup", baseName);
  const guardId = plannedId(place, "Network", "networkSecurityGroups", guardName);
  const subnetName = resourceName("subnet", "vm");
  const subnetId = `${networkId}/subnets/${subnetName}`;
  const { allowInbound = {}, vms } = spoke;
  const way = plannedEgress(logical, baseName, spoke, place);
  const machines = Object.entries(vms);
  return {
    scope: groupId(place),
    resources: [
      planned(SPOKE, logical, {
        signInPorts: Object.fromEntries(
          machines.flatMap(([vm, { managementPort }]) =>
            managementPort === undefined ? [] : [[`${logical}-${vm}-vm`, managementPort]],
          ),
        ),
      }),
      planned("azure-native:resources:ResourceGroup", `${logical}-group`, {
        resourceGroupName: place.group,
      }),
      planned(
        "azure-native:network:NetworkSecurityGroup",
        `${logical}-nsg`,
        {
          ...common,
          networkSecurityGroupName: guardName,
          securityRules: workloadNsgRules(
            bastionSubnetRange(args.hub.addressSpace),
            Object.values(vms).map(signInPort),
            allowInbound,
          ).map(securityRuleDocument),
        },
        { id: guardId },
      ),
      ...way.resources,
      planned(
        "azure-native:network:VirtualNetwork",
        `${logical}-network`,
        {
          ...common,
          virtualNetworkName: networkName,
          addressSpace: { addressPrefixes: [spoke.addressSpace] },
        },
        { id: networkId },
      ),
      planned(
        "azure-native:network:Subnet",
        `${logical}-subnet`,
        {
          ...common,
          virtualNetworkName: networkName,
          subnetName,
          addressPrefix: machineSubnetRange(spoke.addressSpace),
          networkSecurityGroup: { id: guardId },
          ...way.subnet,
          defaultOutboundAccess: false,
        },
        { id: subnetId },
      ),
      ...plannedPeerings(logical, baseName, hub, {
        place,
        networkName,
        networkId,
        forwarded: spoke.egress?.kind === "nextHop",
      }),
      ...machines.flatMap(([vm, machine]) =>
        plannedMachine(
          `${logical}-${vm}`,
          machineName(naming, vm, machine),
          machine,
          place,
          subnetId,
        ),
      ),
    ],
  };
}

/** The way out, and how the subnet refers to it. */
function plannedEgress(
  logical: string,
  baseName: string,
  { egress = { kind: "natGateway" } }: SpokeChoice,
  place: Place,
): { resources: GraphResource[]; subnet: object } {
  const common = { resourceGroupName: place.group };
  switch (egress.kind) {
    case "none":
      return { resources: [], subnet: {} };
    case "nextHop": {
      const routeTableName = resourceName("routeTable", baseName);
      const id = plannedId(place, "Network", "routeTables", routeTableName);
      const route = {
        name: "everything",
        addressPrefix: "0.0.0.0/0",
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: egress.address,
      };
      const properties = { ...common, routeTableName, routes: [route] };
      return {
        resources: [
          planned("azure-native:network:RouteTable", `${logical}-routes`, properties, { id }),
        ],
        subnet: { routeTable: { id } },
      };
    }
    case "natGateway": {
      const natGatewayName = resourceName("natGateway", baseName);
      const id = plannedId(place, "Network", "natGateways", natGatewayName);
      const properties = { ...common, natGatewayName };
      return {
        resources: [
          planned("azure-native:network:NatGateway", `${logical}-nat`, properties, { id }),
        ],
        subnet: { natGateway: { id } },
      };
    }
  }
}

function plannedPeerings(
  logical: string,
  baseName: string,
  hub: PlannedHub,
  spoke: {
    readonly place: Place;
    readonly networkName: string;
    readonly networkId: string;
    readonly forwarded: boolean;
  },
): GraphResource[] {
  const half = (
    name: string,
    { group }: Place,
    virtualNetworkName: string,
    peering: string,
    remote: string,
    allowForwardedTraffic: boolean,
  ): GraphResource =>
    planned("azure-native:network:VirtualNetworkPeering", name, {
      resourceGroupName: group,
      virtualNetworkName,
      virtualNetworkPeeringName: peering,
      remoteVirtualNetwork: { id: remote },
      allowForwardedTraffic,
      allowVirtualNetworkAccess: true,
      allowGatewayTransit: false,
      useRemoteGateways: false,
    });
  const { place, networkName, networkId, forwarded } = spoke;
  const toHub = resourceName("peering", "to-hub");
  const fromHub = resourceName("peering", "to", baseName);
  return [
    half(`${logical}-to-hub`, place, networkName, toHub, hub.networkId, forwarded),
    half(`${logical}-from-hub`, hub.place, hub.networkName, fromHub, networkId, false),
  ];
}

function plannedMachine(
  logical: string,
  vmName: string,
  machine: MachineChoice,
  place: Place,
  subnetId: string,
): GraphResource[] {
  const common = { resourceGroupName: place.group };
  const networkInterfaceName = resourceName("networkInterface", vmName);
  const nicId = plannedId(place, "Network", "networkInterfaces", networkInterfaceName);
  const id = plannedId(place, "Compute", "virtualMachines", vmName);
  const { os, localCredential, withoutEntraLogin } = machine;
  const held = localCredentialText(localCredential);
  const extension = LOGIN_EXTENSIONS[os];
  return [
    planned(
      "azure-native:network:NetworkInterface",
      `${logical}-nic`,
      {
        ...common,
        networkInterfaceName,
        ipConfigurations: [{ name: "ip", subnet: { id: subnetId } }],
      },
      { id: nicId },
    ),
    planned(
      MACHINE,
      `${logical}-vm`,
      {
        ...common,
        vmName,
        osProfile:
          os === "windows"
            ? { adminPassword: "[secret]", windowsConfiguration: {} }
            : {
                linuxConfiguration: {
                  disablePasswordAuthentication: true,
                  ssh: { publicKeys: ["[secret]"] },
                },
              },
        networkProfile: { networkInterfaces: [{ id: nicId }] },
        ...(held === undefined ? {} : { tags: { [LOCAL_CREDENTIAL_TAG]: held } }),
      },
      { id, within: SPOKE },
    ),
    ...(withoutEntraLogin === undefined
      ? [
          planned(
            "azure-native:compute:VirtualMachineExtension",
            `${logical}-login-extension`,
            {
              ...common,
              vmName,
              vmExtensionName: extension.name,
              publisher: extension.publisher,
              type: extension.type,
            },
            { id: `${id}/extensions/${extension.name}` },
          ),
        ]
      : []),
  ];
}
