/** What the network claims take for granted, because it lies outside a Pulumi program's resources. */
export const NETWORK_ASSUMPTIONS = {
  adminRules:
    "no security admin rule of Azure Virtual Network Manager overrides the security groups",
  learntRoutes: "no route learnt by BGP leads elsewhere",
  platform:
    "the platform's own address 168.63.129.16 (health probes, DNS, agent) is Microsoft's alone",
  forwarding: "a peering without allowForwardedTraffic drops what the other side forwards",
  appliance: (address: string): string =>
    `the appliance at ${address} passes on what it should and nothing else; its own rules are not in the graph`,
  implicitOutbound: "Azure still gives the subnet its implicit way out, which is being retired",
  gateway: "what lies behind the network gateway lets the traffic out",
} as const;

const { adminRules, learntRoutes, platform, forwarding } = NETWORK_ASSUMPTIONS;

/** With every claim about who gets in. */
export const GETTING_IN: readonly string[] = [adminRules, platform, forwarding];
/** With every claim about who gets through, both ways. */
export const GETTING_THROUGH: readonly string[] = [adminRules, learntRoutes];
