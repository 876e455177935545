import type { Unread } from "../graph/resource-graph";

/**
 * - `proved`: holds for every packet or every person, under the assumptions named with it
 * - `refuted`: does not hold; a counterexample shows it
 * - `unknown`: something that decides it is not in the graph
 * - `staged`: holds as soon as what is only recorded today is enforced
 */
export type Verdict = "proved" | "refuted" | "unknown" | "staged";

/** The claims, in the order in which they are told. docs/claims.md defines each. */
export const CLAIMS = {
  N1: "only the Bastion subnet reaches the VM's management ports",
  N2: "Bastion reaches the VM's sign-in ports, both directions",
  N3: "the Bastion subnet's security group admits and emits what Bastion needs",
  N4: "no address of the VM is reachable from the Internet",
  N5: "no other spoke reaches the VMs of this one",
  N6: "the sign-in extension has its way out",
  N7: "no port of remote administration is open to anybody",
  I1: "nobody holds a login role without activation",
  I2: "each way in passes activation with the rules asked for",
  I3: "sign-in demands phishing-resistant MFA",
  I4: "the policy excludes break-glass and nobody else",
  I5: "nobody gets in by the control plane",
  I6: "nobody but the deployer can change the guards",
  I7: "the VM has no local credential that anybody can use",
} as const satisfies Record<string, string>;
export type ClaimId = keyof typeof CLAIMS;

/** A packet that shows what a rule set does. */
export interface Packet {
  readonly direction: "Inbound" | "Outbound";
  /** An address, or a service tag whose addresses only Azure knows. */
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly protocol: string;
}

/** A rule by whose word a packet passes or stops. */
export interface NamedRule {
  readonly securityGroup: string;
  readonly name: string;
  readonly priority: number;
  readonly access: "Allow" | "Deny";
}

/** What shows that a claim does not hold. */
export interface Counterexample {
  readonly packet?: Packet;
  /** Where the packet gets through or stops, or where the right is held. */
  readonly hop: string;
  readonly rule?: NamedRule;
  /** The person, group or application. */
  readonly principal?: string;
  readonly role?: string;
  readonly scope?: string;
  /** The resource that would have to change. */
  readonly resource: string;
}

export interface Claim {
  readonly id: ClaimId;
  /** Logical name of what it is claimed of. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** One sentence: what decides it. */
  readonly because: string;
  /** What the verdict takes for granted, because it lies outside the graph. */
  readonly assumptions: readonly string[];
  readonly counterexample?: Counterexample;
}

/** Everything that was decided of an estate. */
export interface Proof {
  readonly claims: readonly Claim[];
  readonly unread: readonly Unread[];
}

/** The worst of some verdicts decides the whole. */
const SEVERITY: readonly Verdict[] = ["proved", "staged", "unknown", "refuted"];

export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>(
    (worse, verdict) => (SEVERITY.indexOf(verdict) > SEVERITY.indexOf(worse) ? verdict : worse),
    "proved",
  );
}
