import type { Report } from "../proof-report";

/** The report for programs; docs/report.schema.json describes it. */
export function jsonText({ claims, unread, graph, simulated }: Report): string {
  const document = {
    ...(simulated ? { simulated } : {}),
    claims: claims.map(({ id, subject, verdict, because, assumptions, counterexample }) => ({
      id,
      subject,
      verdict,
      because,
      assumptions,
      ...(counterexample === undefined ? {} : { counterexample }),
    })),
    unread: unread.map(({ subject, type, path, why, bearsOn }) => ({
      subject,
      type,
      ...(path === undefined ? {} : { path }),
      why,
      bearsOn,
    })),
    graph,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
