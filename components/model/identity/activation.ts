import type { Claim } from "../claims/claim";
import type { Eligibility, RolePolicy } from "../estate/access-estate";
import type { Estate } from "../estate/estate";
import { isKnown, type Known, Unknown } from "../estate/known";
import type { ActivationDemand } from "../pim-policy";
import { demandsOf } from "./activation-demand";
import { sentences } from "./assumptions";
import { decide, type Finding } from "./finding";
import { allows } from "./permissions";
import { policiesOf } from "./policy-of-eligibility";
import { SIGN_IN } from "./ways-in";
import { heldRight } from "./wording";

/** I2: each way in ends, and passes an activation that asks for what was asked for. */
export function boundedActivation(estate: Estate): Claim[] {
  return estate.eligibilities.flatMap((eligibility): Claim[] => {
    const signsIn = allows(eligibility.role, SIGN_IN);
    if (signsIn === false) return [];
    const subject = { id: "I2", subject: eligibility.subject } as const;
    return signsIn instanceof Unknown
      ? [{ ...subject, verdict: "unknown", because: signsIn.why, assumptions: [] }]
      : [claim(estate, eligibility, subject)];
  });
}

function claim(
  estate: Estate,
  eligibility: Eligibility,
  subject: Pick<Claim, "id" | "subject">,
): Claim {
  const end: Finding = { holds: eligibility.ends, otherwise: "the eligibility never ends" };
  const found = policiesOf(eligibility, estate);
  const demands = demandsOf(eligibility, estate);
  const policies = isKnown(found) ? found.policies : [];
  const rules = policies.flatMap((policy) => demands.flatMap((demand) => rulesOf(policy, demand)));
  // Where it may be another policy, one that falls short shows nothing.
  const certain = isKnown(found) && found.certain;
  const decision = decide([
    end,
    ...(isKnown(found) ? [] : [{ holds: found, otherwise: "" }]),
    ...(certain ? rules : rules.map(unsure)),
  ]);
  const assumptions = sentences(
    "policyOfRole",
    "openSessions",
    policies.some(({ authenticationContext }) => typeof authenticationContext === "string") &&
      "contextElsewhere",
    isDerived(eligibility) && "sourceOfId",
  );
  if (decision.verdict === "proved") {
    const names = policies.map((policy) => policy.subject).join(", ");
    const because = `the eligibility ends, and ${names} asks for everything it has to`;
    return { ...subject, verdict: "proved", because, assumptions };
  }
  const [policy] = eligibility.ends === false ? [] : policies;
  return {
    ...subject,
    ...decision,
    assumptions: decision.verdict === "refuted" && eligibility.ends !== false ? assumptions : [],
    ...(decision.verdict === "refuted"
      ? {
          counterexample: {
            ...heldRight(estate, eligibility),
            resource: policy?.subject ?? eligibility.subject,
          },
        }
      : {}),
  };
}

function isDerived({ scope }: Eligibility): boolean {
  return isKnown(scope) && scope.kind === "below" && scope.derived;
}

function unsure({ holds, otherwise }: Finding): Finding {
  return {
    holds: holds === false ? new Unknown(`${otherwise}, if it is that policy's role`) : holds,
    otherwise,
  };
}

/** What a policy asks for, held against what it has to ask for. */
function rulesOf(policy: RolePolicy, demand: ActivationDemand): Finding[] {
  const { subject, maxMinutes, enabled, authenticationContext } = policy;
  const left = (what: string): Unknown => new Unknown(`${subject} leaves ${what} to Azure`);
  const asks = (rule: string, words: string): Known<boolean> => {
    if (enabled === undefined) return left(words);
    return isKnown(enabled) ? enabled.includes(rule) : enabled;
  };
  const longest = maxMinutes ?? left("the length of an activation");
  return [
    {
      holds: isKnown(longest) ? longest <= demand.maxHours * 60 : longest,
      otherwise: `${subject} lets an activation last ${isKnown(longest) ? hours(longest) : "longer"}, more than the ${hours(demand.maxHours * 60)} asked for`,
    },
    ...wanted(demand.mfa, {
      holds: steppedUp(authenticationContext, asks("MultiFactorAuthentication", "MFA")),
      otherwise: `${subject} asks for no MFA and for no authentication context`,
    }),
    ...wanted(demand.justification, {
      holds: asks("Justification", "the justification"),
      otherwise: `${subject} asks for no justification`,
    }),
    ...wanted(demand.ticket, {
      holds: asks("Ticketing", "the ticket"),
      otherwise: `${subject} asks for no ticket`,
    }),
    ...wanted(demand.approval, {
      holds: approved(policy, left("the approval")),
      otherwise: `${subject} asks for nobody's approval`,
    }),
  ];
}

function wanted(asked: boolean, finding: Finding): Finding[] {
  return asked ? [finding] : [];
}

/** A context takes the place of PIM's own MFA; the two exclude each other. */
function steppedUp(
  context: RolePolicy["authenticationContext"],
  mfa: Known<boolean>,
): Known<boolean> {
  if (mfa === true) return true;
  if (context === undefined) return mfa;
  return isKnown(context) ? true : context;
}

/** An approval is asked for where it is required and somebody is named who can give it. */
function approved({ approval }: RolePolicy, left: Unknown): Known<boolean> {
  if (approval === undefined) return left;
  if (!isKnown(approval)) return approval;
  const { required, approvers } = approval;
  if (required !== true) return required;
  return isKnown(approvers) ? approvers.length > 0 : approvers;
}

function hours(minutes: number): string {
  return `${Math.round((minutes / 60) * 100) / 100} hours`;
}
