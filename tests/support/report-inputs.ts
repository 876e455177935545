import type { Claim } from "../../components/model/claims/claim";
import { makeReport, type Report, type ReportOptions } from "../../report/proof-report";
import { smallest } from "./environment";
import { changed, environmentState, type ExportedState, withRule } from "./recorded-state";

let deployed: Promise<ExportedState> | undefined;

/** The small environment as deployed; recorded once, and never changed by a test. */
export function deployedState(): Promise<ExportedState> {
  deployed ??= environmentState(smallest());
  return deployed;
}

/**
 * The same with two slips: the hub forwards what is not its own, and somebody opened RDP to the Internet
 * for a moment. One alone does no harm.
 */
export function openedState(state: ExportedState): ExportedState {
  const forwarding = ["jump-app-to-hub", "jump-app-from-hub"].reduce(
    (before, peering) =>
      changed(before, peering, (properties) => ({ ...properties, allowForwardedTraffic: true })),
    state,
  );
  return withRule(forwarding, "jump-app-nsg", {
    name: "TemporaryRdp",
    sourceAddressPrefix: "Internet",
    destinationPortRange: "3389",
  });
}

/** Claims of identity as a program might get them, in every verdict. */
export const IDENTITY_CLAIMS: readonly Claim[] = [
  {
    id: "I1",
    subject: "jump-app-web-vm",
    verdict: "refuted",
    because:
      "operators holds Virtual Machine User Login at /resourcegroups/rg-app without activation",
    assumptions: [],
    counterexample: {
      hop: "/resourcegroups/rg-app",
      principal: "operators",
      role: "Virtual Machine User Login",
      scope: "/resourcegroups/rg-app",
      resource: "standing-login",
    },
  },
  {
    id: "I2",
    subject: "jump-app-dev-westeurope-users-operators",
    verdict: "unknown",
    because: "the program sets no activation rules for it",
    assumptions: [],
  },
  {
    id: "I3",
    subject: "operators on Windows Cloud Login",
    verdict: "staged",
    because: "the policy jump-sign-in-policy demands it, and only reports as yet",
    assumptions: ["members of groups are who they should be"],
  },
  {
    id: "I5",
    subject: "jump-app-web-vm",
    verdict: "refuted",
    because: "deployers holds Contributor at subscription 1, which reaches in by run command",
    assumptions: [],
    counterexample: {
      hop: "subscription 1",
      principal: "deployers",
      role: "Contributor",
      scope: "subscription 1",
      resource: "contributor",
    },
  },
  {
    id: "I6",
    subject: "the estate",
    verdict: "proved",
    because: "no role and no group ownership in the program changes a guard",
    assumptions: ["no role is assigned outside the program"],
  },
];

/** A document as a file or a pipe gives it. */
export function reportOf(document: unknown, options?: ReportOptions): Report {
  return makeReport(JSON.parse(JSON.stringify(document)), options);
}
