import type { Claim } from "../claims/claim";
import type { AccessPolicy, Holding, Principal } from "../estate/access-estate";
import type { Estate } from "../estate/estate";
import { isKnown } from "../estate/known";
import { holds } from "../estate/scope";
import { OPERATING_SYSTEMS, type OperatingSystem } from "../operating-system";
import { appsFor, type SignInApp } from "../sign-in-apps";
import { sentences } from "./assumptions";
import { decide } from "./finding";
import { Membership } from "./membership";
import { allows } from "./permissions";
import { coverage, type CoverageFinding, type SignIn } from "./policy-coverage";
import { SIGN_IN } from "./ways-in";
import { heldRight, principalText } from "./wording";

/**
 * I3: whoever can sign in, and to whichever app leads to a VM in the scope, passes an enforced policy that
 * demands a phishing-resistant method. Policies add up, so one is enough.
 */
export function phishingResistance(estate: Estate): Claim[] {
  const membership = new Membership(estate.directoryGroups);
  return signIns(estate).flatMap(({ principal, holding, apps }): Claim[] => {
    const who = principalText(estate, principal);
    const subject = { id: "I3", subject: who } as const;
    if (!isKnown(principal)) {
      return [{ ...subject, verdict: "unknown", because: principal.why, assumptions: [] }];
    }
    if (isApplication(holding)) {
      return [
        {
          ...subject,
          verdict: "refuted",
          because: "policies for users do not reach an application",
          assumptions: [],
          counterexample: heldRight(estate, holding),
        },
      ];
    }
    return apps.map((app) => claim(estate, holding, { principal, app }, membership));
  });
}

interface SignsIn {
  readonly principal: Principal;
  /** The first role by which they do. */
  readonly holding: Holding;
  readonly apps: readonly SignInApp[];
}

/** Everybody who may sign in, once, with the apps of all VMs that they can sign in to. */
function signIns(estate: Estate): SignsIn[] {
  const found = new Map<Principal, { holding: Holding; systems: Set<OperatingSystem> }>();
  const systemsAt = new SystemsByScope(estate);
  for (const holding of [...estate.eligibilities, ...estate.assignments]) {
    if (allows(holding.role, SIGN_IN) === false) continue;
    const entry = found.get(holding.principal) ?? { holding, systems: new Set() };
    for (const system of systemsAt.of(holding)) entry.systems.add(system);
    found.set(holding.principal, entry);
  }
  return [...found].map(([principal, { holding, systems }]) => ({
    principal,
    holding,
    apps: appsFor([...systems]),
  }));
}

/** Operating systems of the VMs at a scope; both where the graph shows no VM there, or not its system. */
class SystemsByScope {
  readonly #known = new Map<string, readonly OperatingSystem[]>();

  public constructor(private readonly estate: Estate) {}

  public of({ scope }: Holding): readonly OperatingSystem[] {
    if (!isKnown(scope)) return OPERATING_SYSTEMS;
    const key = JSON.stringify(scope);
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const there = this.estate.machines.filter((machine) => holds(scope, machine) !== false);
    const systems = new Set(there.flatMap(({ os }) => (isKnown(os) ? [os] : OPERATING_SYSTEMS)));
    const answer = systems.size === 0 ? OPERATING_SYSTEMS : [...systems];
    this.#known.set(key, answer);
    return answer;
  }
}

function isApplication(holding: Holding): boolean {
  return "principalType" in holding && holding.principalType === "ServicePrincipal";
}

interface Judged {
  readonly policy: AccessPolicy;
  readonly findings: readonly CoverageFinding[];
  /** What decides it; the state comes last, because a policy that does not fit need not be on. */
  readonly verdict: Claim["verdict"];
  readonly because: string;
}

function judge(policy: AccessPolicy, signIn: SignIn, membership: Membership): Judged {
  const findings = coverage(policy, signIn, membership);
  const { verdict, because } = decide(findings);
  const judged = { policy, findings, because };
  if (verdict !== "proved") return { ...judged, verdict };
  switch (policy.state) {
    case "enabled":
      return { ...judged, verdict: "proved" };
    case "enabledForReportingButNotEnforced":
      return { ...judged, verdict: "staged" };
    case "disabled":
      return { ...judged, verdict: "refuted", because: "it is disabled" };
    default:
      return { ...judged, verdict: "unknown", because: policy.state.why };
  }
}

function claim(estate: Estate, holding: Holding, signIn: SignIn, membership: Membership): Claim {
  const who = principalText(estate, signIn.principal);
  const subject = { id: "I3", subject: `${who} on ${signIn.app.name}` } as const;
  const judged = estate.accessPolicies.map((policy) => judge(policy, signIn, membership));
  const unknown = (because: string): Claim => ({
    ...subject,
    verdict: "unknown",
    because,
    assumptions: [],
  });
  const covering =
    judged.find(({ verdict }) => verdict === "proved") ??
    judged.find(({ verdict }) => verdict === "staged");
  if (covering !== undefined) {
    const { verdict, policy } = covering;
    return {
      ...subject,
      verdict,
      because:
        verdict === "proved"
          ? `the policy ${policy.subject} demands it`
          : `the policy ${policy.subject} demands it, and only reports as yet`,
      assumptions: sentences("membership", signIn.principal.startsWith("urn:") && "sourceOfId"),
    };
  }
  const open = judged.find(({ verdict }) => verdict === "unknown");
  if (open !== undefined)
    return unknown(`the policy ${open.policy.subject} might: ${open.because}`);
  const nearest = [...judged].sort((one, other) => short(one) - short(other))[0];
  if (nearest === undefined) return unknown("the program has no Conditional Access policy");
  if (judged.filter(isPartial).length > 1) {
    return unknown("several policies cover a part each, and together they may cover all");
  }
  return {
    ...subject,
    verdict: "refuted",
    because: `no enforced policy demands it; the nearest is ${nearest.policy.subject}: ${nearest.because}`,
    assumptions: [],
    counterexample: {
      ...heldRight(estate, holding),
      hop: signIn.app.name,
      resource: nearest.policy.subject,
    },
  };
}

/** How many things are wrong with a policy. */
function short({ findings }: Judged): number {
  return findings.filter(({ holds: answer }) => answer === false).length;
}

/** A policy that fits but for a part of the sign-ins. */
function isPartial({ policy, findings }: Judged): boolean {
  const wrong = findings.filter(({ holds: answer }) => answer === false);
  return (
    policy.state !== "disabled" &&
    wrong.length > 0 &&
    wrong.every(({ partial }) => partial === true)
  );
}
