export type Rule = Readonly<Record<string, unknown>>;

export const HUB_RANGE = "10.50.0.0/24";
export const BASTION_RANGE = "10.50.0.0/26";
export const SPOKE_RANGE = "10.60.0.0/24";
export const VM_RANGE = "10.60.0.0/26";

/** A rule in the shortest form that Azure takes; several ports with commas. */
export function plainRule(
  name: string,
  priority: number,
  direction: "Inbound" | "Outbound",
  access: "Allow" | "Deny",
  from: string,
  to: string,
  port: string,
  protocol = "*",
): Rule {
  return {
    name,
    priority,
    direction,
    access,
    protocol,
    sourceAddressPrefix: from,
    sourcePortRange: "*",
    destinationAddressPrefix: to,
    ...(port.includes(",")
      ? { destinationPortRanges: port.split(",") }
      : { destinationPortRange: port }),
  };
}

/** Microsoft's eight rows as a person would copy them. */
export const BASTION_ROWS: readonly Rule[] = [
  plainRule("https", 120, "Inbound", "Allow", "Internet", "*", "443", "Tcp"),
  plainRule("manager", 130, "Inbound", "Allow", "GatewayManager", "*", "443", "Tcp"),
  plainRule("probe", 140, "Inbound", "Allow", "AzureLoadBalancer", "*", "443", "Tcp"),
  plainRule("data-in", 150, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork", "8080,5701"),
  plainRule("machines", 100, "Outbound", "Allow", "*", "VirtualNetwork", "22,3389"),
  plainRule("cloud", 110, "Outbound", "Allow", "*", "AzureCloud", "443", "Tcp"),
  plainRule("data-out", 120, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork", "8080,5701"),
  plainRule("sessions", 130, "Outbound", "Allow", "*", "Internet", "80"),
];

/** The VM subnet's rules as a person would write them. */
export const MACHINE_ROWS: readonly Rule[] = [
  plainRule("bastion", 1000, "Inbound", "Allow", BASTION_RANGE, "*", "22,3389", "Tcp"),
  plainRule("rest", 4000, "Inbound", "Deny", "*", "*", "*"),
];
