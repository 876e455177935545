import { addressText } from "../address-range";
import type { Subnet } from "../estate/estate";
import { type IntervalSet, subtract, union } from "../packets/interval-set";
import { ADMITTED, type Answer, refuted, unknown } from "./answer";
import type { Attachment } from "./attachments";
import { type Way, waysOf } from "./routes";
import type { Topology } from "./topology";

/** Where a VM's answers to Bastion's addresses go. */
export function answersComeBack(
  topology: Topology,
  to: IntervalSet,
  { subnet }: Attachment,
): Answer {
  const ways = waysOf(topology, subnet, to);
  const answers = ways.map((way) => ({ way, answer: answeredBy(way, subnet) }));
  // What a route of which it is not known what it takes might carry after all, is not lost for sure.
  const perhaps = answers.filter(
    ({ way, answer }) => way.perhaps === true && answer.verdict !== "refuted",
  );
  const rescued = union(...perhaps.map(({ way }) => way.to));
  const lost = answers.find(
    ({ way, answer }) =>
      way.perhaps !== true && answer.verdict === "refuted" && subtract(way.to, rescued).length > 0,
  );
  if (lost !== undefined) return lost.answer;
  const open = answers.find(({ answer }) => answer.verdict !== "proved");
  if (open === undefined) return ADMITTED;
  return open.answer.verdict === "refuted" ? unknown(unclear(open.way)) : open.answer;
}

function unclear({ route }: Way): string {
  return `which answers to Bastion the route ${route?.name ?? ""} takes is not known`;
}

function answeredBy({ hop, route, why, to }: Way, subnet: Subnet): Answer {
  const through = route === undefined ? "" : ` by route ${route.name}`;
  switch (hop) {
    case "network":
    case "peering":
      return ADMITTED;
    case "unknown":
      return unknown(why ?? "a route is not known");
    case "appliance":
    case "gateway":
      return unknown(
        `answers to Bastion go${through} to ${hop === "gateway" ? "a" : "an"} ${hop}, which has not seen the question`,
      );
    default: {
      const address = addressText(to[0]?.first ?? 0);
      return refuted(
        `answers to ${address} go ${hop === "nowhere" ? "nowhere" : "to the Internet"}${through}`,
        {
          hop: `leaving ${subnet.subject} for ${address}`,
          resource: route?.name ?? subnet.subject,
        },
      );
    }
  }
}
