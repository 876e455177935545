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

/** A document as a file or a pipe gives it. */
export function reportOf(document: unknown, options?: ReportOptions): Report {
  return makeReport(JSON.parse(JSON.stringify(document)), options);
}
