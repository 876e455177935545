import { openEngine, type Engine, type InlineStack, type Outcome } from "../support/engine";
import { violations } from "../support/order-promise";
import { devEnvironment } from "./dev-environment";
import { disturb, disturbApart, type Disturbed } from "./disturbance";
import { difference, estateOf, stateOf } from "./estate";
import type { Kind, Phase } from "./kinds";
import { copyOf, remove, type Moment } from "./moment";
import { nameOf } from "./operations";
import type { OperationsPage } from "./operations-page";
import { Person } from "./person";
import { AGAIN, KILLED, recover } from "./recovery";
import { run, type Undisturbed } from "./undisturbed";

/** What came of one fault at one operation. */
export interface Result {
  readonly kind: string;
  readonly resource: string;
  readonly ended: "success" | "error" | "death";
  /** Whether the error, or after a death the state, names the resource. True of a success. */
  readonly named: boolean;
  /** What was typed until all was well. */
  readonly typed: readonly string[];
  /** Second copies that had been made. */
  readonly twice: number;
  /** What is left to be desired; empty where the run came to what an undisturbed one comes to. */
  readonly amiss: readonly string[];
  /** Moments at which somebody was eligible and something that has to stand did not. */
  readonly violations: number;
}

/** A run in which the fault did not strike says nothing of it. */
const TRIES = 3;

const SECOND_COPIES = "two-conditional-access-policies-of-one-name";

/**
 * Shows a fault at a moment, does what the page says, and looks at what has become of it all.
 * @throws Error where the fault does not strike, however often it is tried
 */
export async function runCell(
  kind: Kind,
  moment: Moment,
  undisturbed: Undisturbed,
  page: OperationsPage,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const result = await tryCell(kind, moment, undisturbed, page);
    if (!(result instanceof Error)) return result;
    if (tries === TRIES) throw result;
  }
}

async function tryCell(
  kind: Kind,
  moment: Moment,
  undisturbed: Undisturbed,
  page: OperationsPage,
): Promise<Result | Error> {
  const { phase, operation } = moment;
  const home = copyOf(moment);
  try {
    const first = await (kind.fault.kind === "engineDeath" ? disturbApart : disturb)({
      kind,
      moment,
      home,
    });
    if (!first.struck) {
      const { stdout, stderr } = first.outcome;
      return new Error(
        `${kind.name} at ${operation.resource}: the fault never struck: ${stdout}${stderr}`,
      );
    }
    const rest = await afterwards(first.outcome, home, phase, undisturbed, page);
    return {
      kind: kind.name,
      resource: operation.resource,
      ended: endOf(first.outcome),
      named: first.outcome.ok || isNamed(operation.resource, first),
      ...rest,
    };
  } finally {
    remove(home);
  }
}

/** Takes over where a run has left off, once the fault is gone. */
async function afterwards(
  first: Outcome,
  home: string,
  phase: Phase,
  undisturbed: Undisturbed,
  page: OperationsPage,
): Promise<Pick<Result, "typed" | "twice" | "amiss" | "violations">> {
  const engine = await openEngine({ home });
  try {
    const stack = await engine.inline(devEnvironment());
    const person = new Person(engine, stack, home, undisturbed.resources);
    const last = first.ok ? first : await recover(first, run(stack, phase), page, person);
    const typed = [...person.typed];
    const twice = last.ok && phase === "creation" ? await removeSecondCopies(page, person) : 0;
    if (twice > 0) typed.push(...person.typed.slice(typed.length));
    const amiss = last.ok ? looked(engine, stack, undisturbed, phase) : [...last.errors];
    if (amiss.length === 0 && phase === "creation" && typed.some((command) => command !== AGAIN))
      amiss.push(...(await aftermath(engine, stack, undisturbed)));
    return { typed, twice, amiss, violations: violations(engine.journal()).length };
  } finally {
    await engine.close();
  }
}

function endOf({ ok, code }: Outcome): Result["ended"] {
  if (ok) return "success";
  return code === KILLED ? "death" : "error";
}

function isNamed(resource: string, { outcome, pending }: Disturbed): boolean {
  const urns = outcome.code === KILLED ? pending : outcome.problems.map(({ urn = "" }) => urn);
  return urns.some((urn) => nameOf(urn) === resource);
}

/** Looks once whether Entra ID has policies of the environment's names that the state has not, and removes them. */
async function removeSecondCopies(page: OperationsPage, person: Person): Promise<number> {
  const policies = person.wanted.filter(({ type }) => type.endsWith(":ConditionalAccessPolicy"));
  return await person.follow(
    page.commands(SECOND_COPIES),
    policies.map(({ urn }) => ({ urn })),
  );
}

/** What differs from an undisturbed run, in the simulated Azure and in the engine's state. */
function looked(
  engine: Engine,
  stack: InlineStack,
  { ends, known }: Undisturbed,
  phase: Phase,
): string[] {
  const stable = new Set(known);
  const { resources, pending } = stack.state();
  const azure = difference(ends[phase].estate, estateOf(engine.sandbox.azure.store, stable));
  const state = difference(ends[phase].state, stateOf(resources, stable));
  return [
    ...azure.more.map((line) => `Azure has ${line}`),
    ...azure.gone.map((line) => `Azure has not ${line}`),
    ...state.more.map((line) => `the state has ${line}`),
    ...state.gone.map((line) => `the state has not ${line}`),
    ...pending.map(({ type, urn }) => `still ${type} ${urn}`),
  ];
}

/** After a recovery by hand: another run changes nothing, and a destroy leaves what an undisturbed one leaves. */
async function aftermath(
  engine: Engine,
  stack: InlineStack,
  undisturbed: Undisturbed,
): Promise<string[]> {
  const { changes } = await stack.preview();
  if (changes.length > 0) return changes.map(({ op, name }) => `another run would ${op} ${name}`);
  await engine.restart();
  const destroy = await stack.destroy({ mayFail: true });
  if (!destroy.ok) return destroy.errors.map((error) => `a destroy afterwards: ${error}`);
  return looked(engine, stack, undisturbed, "destroy").map((line) => `after a destroy, ${line}`);
}
