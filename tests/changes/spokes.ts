import type { Change } from "./change";
import { NOTHING, SPOKE_REPLACED } from "./costs";
import * as made from "./resources";

/** A spoke more, which costs nothing that this table is about. */
export const LAB = {
  addressSpace: "10.22.0.0/24",
  egress: { kind: "none", reason: "isolated laboratory" },
  vms: { box: { os: "linux", withoutEntraLogin: { reason: "appliance" } } },
};
const LAB_RESOURCES = made.other(
  "the spoke: resource group, network, subnet, security group, peering, VMs",
  ...["group", "nsg", "network", "subnet", "to-hub", "from-hub", "box-nic", "box-vm"].map(
    (name) => `lab-${name}`,
  ),
);

const NEXT_HOP = { kind: "nextHop", address: "10.10.0.132" };
const WITHOUT_LOGIN = {
  "spokes.app.vms.web.withoutEntraLogin": { reason: "isolated" },
  "spokes.app.vms.db.withoutEntraLogin": { reason: "isolated" },
};
const NEW_ADDRESS = {
  words:
    "outbound connections of the VMs break off and leave from another address; sign-in goes on",
};

export const SPOKE_CHANGES: readonly Change[] = [
  {
    input: "spokes.*",
    at: "spokes.lab",
    to: LAB,
    words: "one more spoke",
    steps: { create: [LAB_RESOURCES, made.eligibilities("lab-dev-westeurope")] },
    cost: NOTHING,
  },
  {
    input: "spokes.*",
    at: "spokes.lab",
    from: LAB,
    to: undefined,
    words: "a spoke taken away",
    steps: { delete: [made.eligibilities("lab-dev-westeurope"), LAB_RESOURCES] },
    cost: { words: "its VMs are gone with their disks; nobody is eligible there any more" },
  },
  {
    input: "spokes.*.addressSpace",
    at: "spokes.app.addressSpace",
    to: "10.23.0.0/24",
    steps: {
      replace: [made.SPOKE_NETWORK, made.SPOKE_SUBNET, made.PEERING, made.MACHINES],
    },
    cost: SPOKE_REPLACED,
  },
  {
    input: "spokes.*.allowInbound.*",
    at: "spokes.app.allowInbound.sql",
    to: { from: ["10.41.0.0/16"], ports: [1433], reason: "reporting" },
    words: "one more exception",
    steps: { update: [made.SPOKE_RULES] },
    cost: NOTHING,
  },
  {
    input: "spokes.*.allowInbound.*",
    at: "spokes.app.allowInbound.https",
    to: undefined,
    words: "an exception taken away",
    steps: { update: [made.SPOKE_RULES] },
    cost: { words: "that traffic is refused; connections that stand go on" },
  },
  ...(
    [
      ["from", ["10.42.0.0/16"], "sourceAddressPrefix"],
      ["ports", [443, 8443], "destinationPortRange"],
      ["protocol", "Udp", "protocol"],
      ["reason", "publish the application", "description"],
    ] as const
  ).map(([input, to, property]): Change => ({
    input: `spokes.*.allowInbound.*.${input}`,
    at: `spokes.app.allowInbound.https.${input}`,
    to,
    batch: "exception",
    property: `securityRules[1].${property}`,
    steps: { update: [made.SPOKE_RULES] },
    cost: NOTHING,
  })),
  {
    input: "spokes.*.egress.kind",
    at: "spokes.app.egress",
    to: NEXT_HOP,
    words: "NAT gateway to next hop",
    steps: { create: [made.ROUTES], update: [made.SPOKE_SUBNET, made.TO_HUB], delete: [made.NAT] },
    cost: NEW_ADDRESS,
  },
  {
    input: "spokes.*.egress.kind",
    at: "spokes.app.egress",
    from: NEXT_HOP,
    to: undefined,
    words: "next hop to NAT gateway",
    steps: { create: [made.NAT], update: [made.SPOKE_SUBNET, made.TO_HUB], delete: [made.ROUTES] },
    cost: NEW_ADDRESS,
  },
  {
    input: "spokes.*.egress.kind",
    at: "spokes.app.egress",
    to: { kind: "none", reason: "isolated" },
    along: WITHOUT_LOGIN,
    words: "NAT gateway to none, with the login extensions given up",
    steps: {
      update: [made.SPOKE_SUBNET],
      delete: [made.loginOf("web"), made.loginOf("db"), made.NAT],
    },
    cost: {
      words: "nobody signs in to these VMs with Entra ID any more, and nothing of them gets out",
    },
  },
  {
    input: "spokes.*.egress.address",
    at: "spokes.app.egress.address",
    given: { "spokes.app.egress": NEXT_HOP },
    to: "10.10.0.133",
    steps: { update: [made.ROUTES] },
    cost: NEW_ADDRESS,
  },
  {
    input: "spokes.*.egress.zone",
    at: "spokes.app.egress",
    to: { kind: "natGateway", zone: "1" },
    words: "a NAT gateway of zone 1 in place of one of none",
    steps: { moveOver: [made.NAT], update: [made.SPOKE_SUBNET] },
    cost: NEW_ADDRESS,
  },
  {
    input: "spokes.*.egress.reason",
    at: "spokes.app.egress.reason",
    given: { "spokes.app.egress": { kind: "none", reason: "isolated" }, ...WITHOUT_LOGIN },
    to: "isolated laboratory",
    steps: {},
    cost: NOTHING,
  },
];
