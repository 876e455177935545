import type { Properties, ResourceGraph } from "../../../components/model/graph/resource-graph";
import {
  added,
  type Change,
  changed,
  openRule,
  rule,
  rules,
  set,
} from "../../support/changed-graph";
import { SUBSCRIPTION } from "../../support/environment";

/** What a mistake does to the smallest environment; the names are those of its resources. */
type Edit = Change[string];

export const SPOKE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-jump-dev-app/providers/microsoft.network`;
export const SPOKE_NETWORK = `${SPOKE}/virtualnetworks/vnet-jump-dev-app`;
export const VMS = /-vm$/;
export const HOST = /^jump-hub-bastion-subnet$/;
export const SPOKE_SUBJECT = /^jump-app-network$/;

export const change =
  (name: string, edit: Edit) =>
  (graph: ResourceGraph): ResourceGraph =>
    changed(graph, { [name]: edit });
export const ofMachines = (edit: Edit) => change("jump-app-nsg", edit);
export const ofBastion = (edit: Edit) => change("jump-hub-bastion-nsg", edit);
export const row = (name: string, more: Properties) => ofBastion(rule(name, more));
export const without = (name: string): Edit =>
  rules((list) => list.filter((one) => one.name !== name));
/** One more inbound rule of the VM subnet, before all others. */
export const opened = (more: Properties) =>
  ofMachines(rules((list) => [openRule({ priority: 99, ...more }), ...list]));
export const then =
  (...steps: readonly ((graph: ResourceGraph) => ResourceGraph)[]) =>
  (graph: ResourceGraph): ResourceGraph =>
    steps.reduce((so, step) => step(so), graph);
/** One more network resource beside the component's. */
export const beside =
  (kind: string, name: string, properties: Properties, id?: string) =>
  (graph: ResourceGraph): ResourceGraph =>
    added(
      graph,
      `azure-native:network:${kind}`,
      name,
      { resourceGroupName: "rg-jump-dev-app", ...properties },
      { id: id ?? `${SPOKE}/${kind.toLowerCase()}s/${name}` },
    );
/** Properties of the web VM's one address. */
export const address = (more: Properties) =>
  change("jump-app-web-nic", (properties) => {
    const [first] = properties.ipConfigurations as readonly Properties[];
    return { ...properties, ipConfigurations: [{ ...first, ...more }] };
  });
export const routed = (nextHopType: string, addressPrefix: string) =>
  then(
    beside("RouteTable", "routes", { routes: [{ name: "all", nextHopType, addressPrefix }] }),
    change("jump-app-subnet", set({ routeTable: { id: `${SPOKE}/routetables/routes` } })),
  );
/** A third network with a VM of its own, peered with the spoke. */
export const third = (halves: number) =>
  then(
    beside(
      "VirtualNetwork",
      "third",
      { virtualNetworkName: "third", addressSpace: { addressPrefixes: ["10.70.0.0/24"] } },
      `${SPOKE}/virtualnetworks/third`,
    ),
    beside(
      "Subnet",
      "third-vms",
      { virtualNetworkName: "third", subnetName: "vms", addressPrefix: "10.70.0.0/25" },
      `${SPOKE}/virtualnetworks/third/subnets/vms`,
    ),
    beside(
      "NetworkInterface",
      "third-nic",
      {
        networkInterfaceName: "third-nic",
        ipConfigurations: [
          { name: "ip", subnet: { id: `${SPOKE}/virtualnetworks/third/subnets/vms` } },
        ],
      },
      `${SPOKE}/networkinterfaces/third-nic`,
    ),
    (graph) =>
      added(
        graph,
        "azure-native:compute:VirtualMachine",
        "third-machine",
        {
          vmName: "third",
          resourceGroupName: "rg-jump-dev-app",
          networkProfile: { networkInterfaces: [{ id: `${SPOKE}/networkinterfaces/third-nic` }] },
          osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
        },
        {
          id: "/subscriptions/x/resourceGroups/rg-jump-dev-app/providers/Microsoft.Compute/virtualMachines/third",
        },
      ),
    ...["vnet-jump-dev-app>third", "third>vnet-jump-dev-app"].slice(0, halves).map((pair) => {
      const [virtualNetworkName = "", to = ""] = pair.split(">");
      return beside(
        "VirtualNetworkPeering",
        pair,
        {
          virtualNetworkName,
          virtualNetworkPeeringName: `to-${to}`,
          remoteVirtualNetwork: { id: `${SPOKE}/virtualnetworks/${to}` },
          allowVirtualNetworkAccess: true,
        },
        `${SPOKE}/virtualnetworks/${virtualNetworkName}/virtualNetworkPeerings/to-${to}`,
      );
    }),
  );
export const balancer = (frontend: Properties, backendPort = 443) =>
  then(
    beside(
      "LoadBalancer",
      "front",
      {
        loadBalancerName: "front",
        sku: { name: "Standard" },
        frontendIPConfigurations: [{ name: "in", ...frontend }],
        backendAddressPools: [
          { name: "all", id: `${SPOKE}/loadbalancers/front/backendAddressPools/all` },
        ],
        loadBalancingRules: [
          {
            name: "https",
            protocol: "Tcp",
            frontendPort: 443,
            backendPort,
            frontendIPConfiguration: {
              id: `${SPOKE}/loadbalancers/front/frontendIPConfigurations/in`,
            },
            backendAddressPool: { id: `${SPOKE}/loadbalancers/front/backendAddressPools/all` },
          },
        ],
      },
      `${SPOKE}/loadbalancers/front`,
    ),
    address({
      loadBalancerBackendAddressPools: [
        { id: `${SPOKE}/loadbalancers/front/backendAddressPools/all` },
      ],
    }),
  );
export const publicFront = { publicIPAddress: { id: `${SPOKE}/publicipaddresses/front` } };
export const nicRules = (...list: readonly Properties[]) =>
  then(
    beside(
      "NetworkSecurityGroup",
      "nic-nsg",
      { networkSecurityGroupName: "nic-nsg", securityRules: list },
      `${SPOKE}/networksecuritygroups/nic-nsg`,
    ),
    change(
      "jump-app-web-nic",
      set({ networkSecurityGroup: { id: `${SPOKE}/networksecuritygroups/nic-nsg` } }),
    ),
  );

/** Two changes of one resource. */
export function both(one: Edit, other: Edit): Edit {
  return (properties) => {
    const first = one(properties);
    return first === undefined ? undefined : other(first);
  };
}
