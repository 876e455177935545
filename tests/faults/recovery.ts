import { readFileSync } from "node:fs";
import type { InlineStack, Outcome } from "../support/engine";
import { nameOf } from "./operations";
import type { OperationsPage } from "./operations-page";
import type { Person, Subject } from "./person";

/** What the CLI says of a resource, or of nothing in particular. */
interface Saying {
  readonly text: string;
  readonly subject: Subject;
}

/** Exit code of a process that was killed. */
export const KILLED = 137;
/** The command that failed or died, given once more. */
export const AGAIN = "the same command again";
/** The section for somebody whose run had no last words; it brings to light what was under way. */
const DIED = "a-run-died";
/** How often somebody gives the same command again before they give up. */
const PATIENCE = 8;

const typeOf = (urn: string): string => (urn.split("::").at(-2) ?? "").split("$").at(-1) ?? "";

/** The errors of a run, each as the CLI shows it: type, name, words. */
function sayingsOf(outcome: Outcome): Saying[] {
  const ofResources = outcome.problems.map(({ urn = "", message }) => ({
    text: `${typeOf(urn)} (${nameOf(urn)}): ${message}`,
    subject: { urn, id: /existing resource ['"]([^'"]+)['"]/.exec(message)?.[1] },
  }));
  return [...ofResources, { text: outcome.stderr, subject: { urn: "" } }];
}

/** What a run that died left under way, read from the file that `pulumi stack export` has written. */
function pendingIn(file: string): Saying[] {
  const { deployment } = JSON.parse(readFileSync(file, "utf8")) as {
    deployment: { pending_operations?: { type: string; resource: { urn: string } }[] };
  };
  return (deployment.pending_operations ?? []).map(({ type, resource: { urn } }) => ({
    text: `${typeOf(urn)} (${nameOf(urn)}): interrupted while ${type}`,
    subject: { urn },
  }));
}

/** The sections that sayings lead to, in the order of the sayings, with what each is to be followed for. */
function bySection(sayings: readonly Saying[], page: OperationsPage): Map<string, Subject[]> {
  const sections = new Map<string, Subject[]>();
  for (const { text, subject } of sayings) {
    const section = page.sectionFor(text);
    if (section !== undefined) sections.set(section, [...(sections.get(section) ?? []), subject]);
  }
  return sections;
}

/** Does what the page says of each saying, and of what it brings to light. Answers whether it says anything. */
async function heed(
  sayings: readonly Saying[],
  page: OperationsPage,
  person: Person,
): Promise<boolean> {
  const sections = bySection(sayings, page);
  for (const [section, subjects] of sections) {
    await person.follow(page.commands(section), subjects);
    if (section === DIED) await heed(pendingIn(person.file("state.json")), page, person);
  }
  return sections.size > 0;
}

/**
 * Gives a command that failed or died again, and does before what docs/operations.md says of its output, until it
 * ends well or patience does.
 * @returns how the command ended at last
 */
export async function recover(
  first: Outcome,
  command: InlineStack["up"],
  page: OperationsPage,
  person: Person,
): Promise<Outcome> {
  let last = first;
  for (let turn = 1; turn <= PATIENCE; turn += 1) {
    // What has failed twice, and of which the page says nothing, will fail again.
    if (!(await heed(sayingsOf(last), page, person)) && turn > 1) break;
    person.typed.push(AGAIN);
    last = await command({ mayFail: true });
    if (last.ok) break;
  }
  return last;
}
