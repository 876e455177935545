import { openRule, rule, set } from "../../support/changed-graph";
import { mistake, type Mistake } from "../../support/seeded";
import { NOT_KNOWN } from "../identity/plain-program";
import {
  SPOKE,
  VMS,
  address,
  beside,
  both,
  change,
  nicRules,
  ofMachines,
  opened,
  publicFront,
  then,
  without,
} from "./network-changes";

/** Mistakes that open a way to a VM. */
export const OPENED_WAYS: readonly Mistake[] = [
  mistake(
    "the last deny dropped: Azure's own rule admits every peer",
    ofMachines(without("DenyAllInbound")),
    "N1",
    VMS,
  ),
  mistake(
    "the last deny dropped, and with it WinRM, SMB and RPC open",
    ofMachines(without("DenyAllInbound")),
    "N7",
    VMS,
  ),
  mistake(
    "the last deny for Tcp alone: Udp stays open",
    ofMachines(rule("DenyAllInbound", { protocol: "Tcp" })),
    "N1",
    VMS,
  ),
  mistake(
    "the last deny for one half of the addresses",
    ofMachines(rule("DenyAllInbound", { sourceAddressPrefix: "0.0.0.0/1" })),
    "N7",
    VMS,
    "proved",
  ),
  mistake(
    "the last deny for the VM subnet's lower half of addresses",
    ofMachines(rule("DenyAllInbound", { destinationAddressPrefix: "10.20.0.0/26" })),
    "N1",
    VMS,
    "unknown",
  ),
  mistake(
    "the last deny outbound instead of inbound",
    ofMachines(rule("DenyAllInbound", { direction: "Outbound" })),
    "N1",
    VMS,
  ),
  mistake(
    "deny turned into allow",
    ofMachines(rule("DenyAllInbound", { access: "Allow" })),
    "N7",
    VMS,
  ),
  mistake(
    "priorities swapped: everything is denied first",
    ofMachines(
      both(
        rule("AllowBastionInbound", { priority: 4096 }),
        rule("DenyAllInbound", { priority: 100 }),
      ),
    ),
    "N2",
    VMS,
  ),
  mistake(
    "VirtualNetwork as the source",
    ofMachines(rule("AllowBastionInbound", { sourceAddressPrefix: "VirtualNetwork" })),
    "N1",
    VMS,
  ),
  mistake(
    "the hub's whole range as the source",
    ofMachines(rule("AllowBastionInbound", { sourceAddressPrefix: "10.10.0.0/24" })),
    "N1",
    VMS,
  ),
  mistake(
    "one address too many in the source",
    ofMachines(
      rule("AllowBastionInbound", {
        sourceAddressPrefix: null,
        sourceAddressPrefixes: ["10.10.0.0/26", "10.10.0.64"],
      }),
    ),
    "N1",
    VMS,
  ),
  mistake(
    "a port range 20-30 for a workload",
    opened({ destinationPortRange: "20-30", sourceAddressPrefix: "10.40.0.0/16" }),
    "N1",
    VMS,
    "proved",
  ),
  mistake(
    "a port range 20-30 for the own network",
    opened({ destinationPortRange: "20-30", sourceAddressPrefix: "10.20.0.0/24" }),
    "N1",
    VMS,
  ),
  mistake(
    "any protocol on 22 for the own network",
    opened({ protocol: "*", sourceAddressPrefix: "10.20.0.0/24" }),
    "N1",
    VMS,
  ),
  mistake(
    "a list of ports with 3389 in it",
    opened({
      destinationPortRange: null,
      destinationPortRanges: ["443", "3389"],
      sourceAddressPrefix: "VirtualNetwork",
    }),
    "N1",
    VMS,
  ),
  mistake(
    "5985-5986 for the administrators' network in the hub",
    opened({ destinationPortRange: "5985-5986", sourceAddressPrefix: "10.10.0.128/25" }),
    "N7",
    VMS,
  ),
  mistake(
    "445 from Bastion itself",
    opened({ destinationPortRange: "445", sourceAddressPrefix: "10.10.0.0/26" }),
    "N7",
    VMS,
  ),
  ...["*", "Internet", "internet", "Any", "0.0.0.0/0"].map((anywhere) =>
    mistake(
      `22 from anywhere, written ${anywhere}, with a public address`,
      then(
        opened({ sourceAddressPrefix: anywhere }),
        address(publicFront),
        beside(
          "PublicIPAddress",
          "front",
          { publicIpAddressName: "front", sku: { name: "Standard" } },
          `${SPOKE}/publicipaddresses/front`,
        ),
      ),
      "N1",
      /web-vm$/,
    ),
  ),
  mistake(
    "22 from anywhere, written as two halves, with a public address",
    then(
      opened({ sourceAddressPrefix: null, sourceAddressPrefixes: ["0.0.0.0/1", "128.0.0.0/1"] }),
      address(publicFront),
    ),
    "N1",
    /web-vm$/,
  ),
  mistake(
    "an interface's group that opens what the subnet closes: it stays closed",
    nicRules(openRule({})),
    "N1",
    VMS,
    "proved",
  ),
  mistake(
    "the subnet's group taken off",
    change("jump-app-subnet", set({ networkSecurityGroup: null })),
    "N1",
    VMS,
  ),
  mistake(
    "a group that is made elsewhere",
    change(
      "jump-app-subnet",
      set({ networkSecurityGroup: { id: `${SPOKE}/networksecuritygroups/other` } }),
    ),
    "N1",
    VMS,
    "unknown",
  ),
  mistake(
    "a rule whose source is computed",
    opened({ sourceAddressPrefix: NOT_KNOWN }),
    "N1",
    VMS,
    "unknown",
  ),
  mistake(
    "one more rule beside the group, as a resource of its own",
    beside(
      "SecurityRule",
      "extra",
      {
        ...openRule({ priority: 90, sourceAddressPrefix: "VirtualNetwork" }),
        networkSecurityGroupName: "nsg-jump-dev-app",
        securityRuleName: "extra",
      },
      `${SPOKE}/networksecuritygroups/nsg-jump-dev-app/securityRules/extra`,
    ),
    "N1",
    VMS,
  ),
  mistake(
    "a jump VM in the hub with forwarding on, and the whole network let in",
    then(
      opened({ sourceAddressPrefix: "10.0.0.0/8" }),
      change("jump-app-from-hub", set({ allowForwardedTraffic: true })),
      change("jump-app-to-hub", set({ allowForwardedTraffic: true })),
    ),
    "N1",
    VMS,
  ),
];
