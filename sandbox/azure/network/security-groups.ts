import { guidOf } from "../guid";
import type { JsonObject } from "../json";
import { asObject, asText, compact } from "../json";
import { AzureRefusal } from "../refusal";
import { keyOf } from "../resource-id";
import type { Held, ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import { inlineItems, renderInline, writeInline, type InlineList } from "./inline-children";
import { checkName } from "./names";
import {
  checkConflicts,
  checkedRule,
  checkStaysCompliant,
  listedRule,
  subnetsOf,
} from "./security-rules";
import { networkTypes, networkVersions } from "./versions";

const rules: InlineList = { property: "securityRules", type: listedRule };

/**
 * The rules that every group has below its own, with the descriptions that Azure gives them.
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview, "Default security rules"
 */
const defaultRules: readonly {
  readonly name: string;
  readonly description: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly source: string;
  readonly destination: string;
}[] = [
  {
    name: "AllowVnetInBound",
    description: "Allow inbound traffic from all VMs in VNET",
    priority: 65000,
    direction: "Inbound",
    access: "Allow",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
  },
  {
    name: "AllowAzureLoadBalancerInBound",
    description: "Allow inbound traffic from azure load balancer",
    priority: 65001,
    direction: "Inbound",
    access: "Allow",
    source: "AzureLoadBalancer",
    destination: "*",
  },
  {
    name: "DenyAllInBound",
    description: "Deny all inbound traffic",
    priority: 65500,
    direction: "Inbound",
    access: "Deny",
    source: "*",
    destination: "*",
  },
  {
    name: "AllowVnetOutBound",
    description: "Allow outbound traffic from all VMs to all VMs in VNET",
    priority: 65000,
    direction: "Outbound",
    access: "Allow",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
  },
  {
    name: "AllowInternetOutBound",
    description: "Allow outbound traffic from all VMs to Internet",
    priority: 65001,
    direction: "Outbound",
    access: "Allow",
    source: "*",
    destination: "Internet",
  },
  {
    name: "DenyAllOutBound",
    description: "Deny all outbound traffic",
    priority: 65500,
    direction: "Outbound",
    access: "Deny",
    source: "*",
    destination: "*",
  },
];

function defaultsOf(group: string, etag: string): JsonObject[] {
  return defaultRules.map((rule) => ({
    id: `${group}/defaultSecurityRules/${rule.name}`,
    name: rule.name,
    etag,
    type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
    properties: {
      provisioningState: "Succeeded",
      description: rule.description,
      protocol: "*",
      sourcePortRange: "*",
      destinationPortRange: "*",
      sourceAddressPrefix: rule.source,
      destinationAddressPrefix: rule.destination,
      access: rule.access,
      priority: rule.priority,
      direction: rule.direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  }));
}

/** The interfaces that a security group is associated with. */
function interfacesOf(simulation: Simulation, groupId: string): string[] {
  return simulation.store
    .ofType(networkTypes.networkInterface)
    .filter((found) => {
      const group = asText(asObject(asObject(found.body.properties).networkSecurityGroup).id);
      return group !== undefined && keyOf(group) === keyOf(groupId);
    })
    .map((found) => found.id);
}

function put(write: Write): { body: JsonObject } {
  const { body, id, existing, simulation } = write;
  checkName(id.name);
  const listed = inlineItems(body, rules);
  if (listed !== undefined) {
    const wanted = listed.map((item) => {
      const name = asText(item.name) ?? "";
      return { name, properties: checkedRule(name, asObject(item.properties)) };
    });
    checkConflicts(wanted);
    if (existing !== undefined) checkStaysCompliant(simulation, existing, wanted);
  }
  const properties = asObject(body.properties);
  return {
    body: compact({
      location: body.location,
      tags: body.tags,
      properties: compact({
        resourceGuid: guidOf(`resourceGuid/${id.key}`),
        flushConnection: properties.flushConnection,
      }),
    }),
  };
}

/** Code and text: pulumi/pulumi-azure-native#3051 and DataBiosphere/terra-workspace-manager#502. */
function checkDelete({ simulation, resource }: Held): void {
  const users = [
    ...subnetsOf(simulation, resource.id).map((found) => found.id),
    ...interfacesOf(simulation, resource.id),
  ];
  if (users.length === 0) return;
  throw new AzureRefusal(
    400,
    "InUseNetworkSecurityGroupCannotBeDeleted",
    `Network security group ${resource.id} cannot be deleted because it is in use by the following resources: ${users.join(", ")}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
  );
}

/** https://learn.microsoft.com/rest/api/virtualnetwork/network-security-groups */
export const securityGroup: ResourceType = {
  type: networkTypes.securityGroup,
  apiVersions: networkVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { put: "securityGroupPut", delete: "securityGroupDelete" },
  etag: true,
  put,
  written(held, request) {
    writeInline(held, request, rules);
  },
  checkDelete,
  read(held) {
    const { simulation, resource } = held;
    const subnets = subnetsOf(simulation, resource.id).map((found) => ({ id: found.id }));
    const interfaces = interfacesOf(simulation, resource.id).map((id) => ({ id }));
    return {
      ...resource.body,
      properties: compact({
        ...asObject(resource.body.properties),
        securityRules: renderInline(held, rules),
        defaultSecurityRules: defaultsOf(resource.id, asText(resource.body.etag) ?? ""),
        subnets: subnets.length > 0 ? subnets : undefined,
        networkInterfaces: interfaces.length > 0 ? interfaces : undefined,
      }),
    };
  },
};
