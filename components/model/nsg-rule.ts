/** One security rule, in Azure's own words; the reason becomes its description. */
export interface NsgRule {
  readonly name: string;
  /** 100 to 4096; lower is evaluated first. */
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*";
  /** Ranges or one service tag; `*` for anywhere. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Destination ports or port ranges; `*` for all. */
  readonly ports: readonly string[];
  /** Why the rule is there, at most 140 characters. */
  readonly why: string;
}

/** A rule as Azure Resource Manager takes it: one value in the singular field, several in the plural. */
export interface SecurityRuleDocument {
  name: string;
  priority: number;
  direction: string;
  access: string;
  protocol: string;
  description: string;
  sourcePortRange: string;
  sourceAddressPrefix?: string;
  sourceAddressPrefixes?: string[];
  destinationAddressPrefix?: string;
  destinationAddressPrefixes?: string[];
  destinationPortRange?: string;
  destinationPortRanges?: string[];
}

/** Azure refuses a longer description. */
export const LONGEST_DESCRIPTION = 140;

export function securityRuleDocument(rule: NsgRule): SecurityRuleDocument {
  return {
    name: rule.name,
    priority: rule.priority,
    direction: rule.direction,
    access: rule.access,
    protocol: rule.protocol,
    description: rule.why.slice(0, LONGEST_DESCRIPTION),
    sourcePortRange: "*",
    ...(rule.from.length === 1
      ? { sourceAddressPrefix: rule.from[0] }
      : { sourceAddressPrefixes: [...rule.from] }),
    ...(rule.to.length === 1
      ? { destinationAddressPrefix: rule.to[0] }
      : { destinationAddressPrefixes: [...rule.to] }),
    ...(rule.ports.length === 1
      ? { destinationPortRange: rule.ports[0] }
      : { destinationPortRanges: [...rule.ports] }),
  };
}
