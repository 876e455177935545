import { gone, openRule, rule, rules, set } from "../../support/changed-graph";
import { mistake, type Mistake } from "../../support/seeded";
import {
  HOST,
  SPOKE,
  VMS,
  beside,
  change,
  nicRules,
  ofBastion,
  ofMachines,
  routed,
  row,
  then,
} from "./network-changes";

/** Mistakes by which Bastion, or the sign-in extension, does not get through. */
export const STOPPED_WAYS: readonly Mistake[] = [
  mistake(
    "the range of Bastion's subnet mistyped",
    ofMachines(rule("AllowBastionInbound", { sourceAddressPrefix: "10.11.0.0/26" })),
    "N2",
    VMS,
  ),
  mistake(
    "half of Bastion's subnet let in",
    ofMachines(rule("AllowBastionInbound", { sourceAddressPrefix: "10.10.0.0/27" })),
    "N2",
    VMS,
  ),
  mistake(
    "RDP let in, SSH forgotten",
    ofMachines(rule("AllowBastionInbound", { destinationPortRanges: ["3389"] })),
    "N2",
    /web-vm$/,
  ),
  mistake(
    "Udp in place of Tcp",
    ofMachines(rule("AllowBastionInbound", { protocol: "Udp" })),
    "N2",
    VMS,
  ),
  mistake(
    "source port 22 in place of the destination's",
    ofMachines(rule("AllowBastionInbound", { sourcePortRange: "22" })),
    "N2",
    VMS,
  ),
  mistake("the hub's half of the peering missing", change("jump-app-from-hub", gone), "N2", VMS),
  mistake("the spoke's half of the peering missing", change("jump-app-to-hub", gone), "N2", VMS),
  mistake(
    "a host of the Developer SKU",
    change("jump-bastion-host", set({ sku: { name: "Developer" } })),
    "N2",
    VMS,
  ),
  mistake("a route that drops the answers to Bastion", routed("None", "10.10.0.0/24"), "N2", VMS),
  mistake(
    "an interface's group that closes what the subnet opens",
    nicRules(openRule({ access: "Deny" })),
    "N2",
    /web-vm$/,
  ),
  mistake(
    "5710 for 5701 in the Bastion subnet's group",
    row("AllowBastionHostCommunication", { destinationPortRanges: ["8080", "5710"] }),
    "N3",
    HOST,
  ),
  mistake(
    "5710 for 5701 on the way out",
    row("AllowBastionCommunication", { destinationPortRanges: ["8080", "5710"] }),
    "N3",
    HOST,
  ),
  mistake(
    "443 from the Internet closed to Bastion",
    row("AllowHttpsInbound", { access: "Deny" }),
    "N3",
    HOST,
  ),
  mistake(
    "the load balancer's probe on another port",
    row("AllowAzureLoadBalancerInbound", { destinationPortRange: "80" }),
    "N3",
    HOST,
  ),
  mistake(
    "the probe forgotten, and a deny of everything at the end",
    ofBastion(
      rules((list) => [
        ...list.filter(({ name }) => name !== "AllowAzureLoadBalancerInbound"),
        openRule({
          name: "DenyAll",
          priority: 4096,
          access: "Deny",
          protocol: "*",
          destinationPortRange: "*",
        }),
      ]),
    ),
    "N3",
    HOST,
  ),
  mistake(
    "AzureCloud closed to Bastion",
    ofBastion(
      rules((list) => [
        ...list.filter(({ name }) => name !== "AllowAzureCloudOutbound"),
        openRule({
          name: "DenyInternet",
          priority: 4000,
          direction: "Outbound",
          access: "Deny",
          protocol: "*",
          destinationPortRange: "443",
          destinationAddressPrefix: "Internet",
        }),
      ]),
    ),
    "N3",
    HOST,
  ),
  mistake(
    "3389 not let out of the Bastion subnet",
    row("AllowSshRdpOutbound", { destinationPortRanges: ["22"] }),
    "N3",
    HOST,
  ),
  mistake(
    "3389 held back in the Bastion subnet",
    row("AllowSshRdpOutbound", { access: "Deny" }),
    "N3",
    HOST,
  ),
  mistake(
    "no group at all on the Bastion subnet",
    change("jump-hub-bastion-subnet", set({ networkSecurityGroup: null })),
    "N3",
    HOST,
  ),
  mistake(
    "a route table on the Bastion subnet",
    then(
      beside("RouteTable", "routes", { routes: [] }),
      change("jump-hub-bastion-subnet", set({ routeTable: { id: `${SPOKE}/routetables/routes` } })),
    ),
    "N3",
    HOST,
  ),
  mistake(
    "no way out for the sign-in extension",
    change("jump-app-subnet", set({ natGateway: null })),
    "N6",
    VMS,
  ),
  mistake(
    "443 held back on the way out",
    ofMachines(
      rules((list) => [
        ...list,
        openRule({
          name: "NoWeb",
          direction: "Outbound",
          access: "Deny",
          destinationPortRange: "443",
        }),
      ]),
    ),
    "N6",
    VMS,
  ),
  mistake("a default route to nowhere", routed("None", "0.0.0.0/0"), "N6", VMS),
];
