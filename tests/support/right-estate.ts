import type { Estate } from "../../components/model/estate/estate";
import {
  card,
  type Draft,
  emptyEstate,
  keyOf,
  machine,
  part,
  peered,
  range,
  rule,
  subnet,
} from "./estate-parts";

/** Microsoft's eight rows: https://learn.microsoft.com/azure/bastion/bastion-nsg */
export const BASTION_RULES = [
  "120 Inbound Allow Tcp Internet > * : 443",
  "130 Inbound Allow Tcp GatewayManager > * : 443",
  "140 Inbound Allow Tcp AzureLoadBalancer > * : 443",
  "150 Inbound Allow * VirtualNetwork > VirtualNetwork : 8080,5701",
  "120 Outbound Allow * * > VirtualNetwork : 22,3389",
  "130 Outbound Allow Tcp * > AzureCloud : 443",
  "140 Outbound Allow * VirtualNetwork > VirtualNetwork : 8080,5701",
  "150 Outbound Allow * * > Internet : 80",
] as const;
export const SPOKE_RULES = [
  "200 Inbound Allow Tcp 10.10.0.0/26 > * : 22,3389",
  "4096 Inbound Deny * * > * : *",
] as const;

/** Names of spokes, each with a range of its own. */
export const SPOKES = { app: 20, data: 30, ops: 40 } as const;
export type Spoke = keyof typeof SPOKES;

export interface Shape {
  readonly spokes: readonly Spoke[];
  /** Machines of each spoke: `web` runs Linux, `db` Windows. */
  readonly machines: readonly ("web" | "db")[];
  /** A machine in the hub beside Bastion. */
  readonly hubMachine: boolean;
  /** Addresses that the program fixes, or Azure chooses. */
  readonly fixed: boolean;
  readonly egress: "nat" | "appliance" | "implicit" | "none";
  /** Whether spokes let in what the hub passes on for others, as an appliance there needs it. */
  readonly forwarded: boolean;
}

export const ONE_SPOKE: Shape = {
  spokes: ["app"],
  machines: ["web"],
  hubMachine: false,
  fixed: true,
  egress: "nat",
  forwarded: false,
};

/** A hub with Bastion and spokes with machines, as it should be: every claim is proved of it. */
export function rightEstate(shape: Shape = ONE_SPOKE): Draft<Estate> {
  const estate = emptyEstate();
  addHub(estate, shape);
  for (const spoke of shape.spokes) addSpoke(estate, spoke, shape);
  return estate;
}

function addHub(estate: Draft<Estate>, shape: Shape): void {
  estate.networks.push({ ...part("hub"), ranges: [range("10.10.0.0/24")] });
  const bastion = subnet("bastion-subnet", "hub", "10.10.0.0/26", "AzureBastionSubnet");
  bastion.securityGroup = keyOf("bastion-group");
  estate.subnets.push(bastion);
  estate.securityGroups.push({ ...part("bastion-group"), rules: BASTION_RULES.map(rule) });
  estate.bastionHosts.push({
    ...part("bastion"),
    sku: "Standard",
    subnet: bastion.key,
    privateOnly: false,
  });
  if (shape.hubMachine) addMachines(estate, "hub", "10.10.0.64/27", ["web"], shape);
}

function addSpoke(estate: Draft<Estate>, spoke: Spoke, shape: Shape): void {
  const third = SPOKES[spoke];
  estate.networks.push({ ...part(spoke), ranges: [range(`10.${third}.0.0/24`)] });
  const [here, there] = peered(spoke, "hub");
  estate.peerings.push({ ...here!, forwarded: shape.forwarded }, there!);
  addMachines(estate, spoke, `10.${third}.0.0/27`, shape.machines, shape);
}

function addMachines(
  estate: Draft<Estate>,
  network: string,
  ranges: string,
  names: readonly ("web" | "db")[],
  { fixed, egress }: Shape,
): void {
  const machines = subnet(`${network}-machines`, network, ranges);
  machines.securityGroup = keyOf(`${network}-group`);
  estate.securityGroups.push({ ...part(`${network}-group`), rules: SPOKE_RULES.map(rule) });
  machines.defaultOutbound = egress === "implicit";
  if (egress === "nat") {
    machines.natGateway = keyOf(`${network}-nat`);
    estate.natGateways.push(part(`${network}-nat`));
  }
  if (egress === "appliance") {
    machines.routeTable = keyOf(`${network}-routes`);
    estate.routeTables.push({ ...part(`${network}-routes`), routes: [toAppliance()] });
  }
  estate.subnets.push(machines);
  names.forEach((name, place) => {
    const whole = `${network}-${name}`;
    const at = ranges.replace(/\d+\/\d+$/, (end) => String(Number(end.split("/")[0]) + 4 + place));
    estate.interfaces.push(card(`${whole}-nic`, machines.subject, fixed ? at : undefined));
    estate.machines.push(machine(whole, name === "web" ? "linux" : "windows"));
    if (egress === "none") return;
    estate.loginExtensions.push({ ...part(`${whole}-login`), machine: keyOf(whole) });
  });
}

const toAppliance = () => ({
  name: "default",
  range: range("0.0.0.0/0"),
  nextHop: "VirtualAppliance" as const,
  address: "10.10.0.200",
});
