import type { Claim } from "../components/model/claims/claim";

/** Claims that say the same of several subjects. */
export interface Told {
  /** The first of them: its words stand for all. */
  readonly claim: Claim;
  readonly subjects: readonly string[];
}

/** Claims that differ in nothing but their subject and its address are told once. */
export function toldOnce(claims: readonly Claim[]): Told[] {
  const told = new Map<string, { claim: Claim; subjects: string[] }>();
  for (const claim of claims) {
    const key = sameness(claim);
    const there = told.get(key);
    if (there === undefined) told.set(key, { claim, subjects: [claim.subject] });
    else there.subjects.push(claim.subject);
  }
  return [...told.values()];
}

function sameness({ id, subject, verdict, because, assumptions, counterexample }: Claim): string {
  const packet = counterexample?.packet;
  const own = packet?.direction === "Inbound" ? packet.destination : packet?.source;
  const shape = (text: string): string =>
    [subject, own].reduce<string>(
      (rest, name) => (name === undefined ? rest : rest.split(name).join("\u0000")),
      text,
    );
  return JSON.stringify([
    id,
    verdict,
    shape(because),
    assumptions,
    counterexample === undefined ? null : shape(JSON.stringify(counterexample)),
  ]);
}

/** Names in a line: all of a few, the first of many and how many more there are. */
export function namesText(names: readonly string[], most = 4): string {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const left = names.length - shown.length;
  return left === 0 ? shown.join(", ") : `${shown.join(", ")} and ${left} more`;
}
