import type { Verdict } from "../../../components/model/claims/claim";
import type { Header } from "./headers";

/** More worlds than this for one claim, and the space of the estate is not tiny any more. */
const MOST_WORLDS = 200_000;
/** Where one packet alone has more worlds than this, the loose reading leaves it open. */
const MOST_LOOSE_WORLDS = 16;

/** The choices of one run; `next` goes to the run that chooses differently, until all have been seen. */
class Choices {
  readonly #path: { readonly count: number; taken: number }[] = [];
  readonly #answers = new Map<string, number>();
  #depth = 0;

  public choose(question: string, count: number): number {
    const answered = this.#answers.get(question);
    if (answered !== undefined) return answered;
    const step = this.#path[this.#depth] ?? { count, taken: 0 };
    this.#path[this.#depth] = step;
    this.#depth += 1;
    this.#answers.set(question, step.taken);
    return step.taken;
  }

  public next(): boolean {
    this.#answers.clear();
    this.#depth = 0;
    for (let last = this.#path.at(-1); last !== undefined; last = this.#path.at(-1)) {
      if (last.taken + 1 < last.count) {
        last.taken += 1;
        return true;
      }
      this.#path.pop();
    }
    return false;
  }
}

/** One of the worlds that an estate with open questions might turn out to be. */
export class World {
  /** Whether any question was open so far. */
  public asked = false;
  readonly #worked = new Map<string, object>();
  #scope = "";
  #own: { readonly about: string; readonly choices: Choices } | undefined;

  /** @param loose each rule is judged by itself, as docs/claims.md says, and need not agree with the next */
  public constructor(
    private readonly choices: Choices,
    public readonly loose: boolean,
  ) {}

  /**
   * The answer to a question that the estate leaves open, from 0 to `count` - 1: the same one all over this world.
   * @param about the packet's end that it concerns, where it concerns one alone
   */
  public choose(question: string, count: number, about?: string): number {
    if (count === 1) return 0;
    this.asked = true;
    const own =
      this.#own !== undefined && this.#own.about === about ? this.#own.choices : undefined;
    return (own ?? this.choices).choose(`${this.#scope}${question}`, count);
  }

  public maybe(question: string, about?: string): boolean {
    return this.choose(question, 2, about) === 1;
  }

  /** Goes to the next world, if there is one. */
  public next(): boolean {
    this.#worked.clear();
    return this.choices.next();
  }

  /** What is the same all over this world, worked out once. */
  public once<Type extends object>(what: string, run: () => Type): Type {
    if (this.loose) return run();
    const known = this.#worked.get(what) as Type | undefined;
    if (known !== undefined) return known;
    const result = run();
    this.#worked.set(what, result);
    return result;
  }

  /** In the loose reading, what is asked within is not bound to what is answered elsewhere. */
  public within<Type>(scope: string, run: () => Type): Type {
    if (!this.loose) return run();
    const outer = this.#scope;
    this.#scope = `${outer}${scope}: `;
    const result = run();
    this.#scope = outer;
    return result;
  }

  /** Whether it can be true, and whether it can be false, when the questions about one end are turned over. */
  public turnOver(about: string, run: () => boolean): Possible {
    const choices = new Choices();
    this.#own = { about, choices };
    const seen = possible(choices, run);
    this.#own = undefined;
    return seen;
  }
}

interface Possible {
  readonly holds: boolean;
  readonly fails: boolean;
}

/** Where the worlds are more than `most`, both are possible. */
function possible(choices: Choices, run: () => boolean, most = Infinity): Possible {
  let holds = false;
  let fails = false;
  for (let left = most; left > 0; left -= 1) {
    if (run()) holds = true;
    else fails = true;
    if ((holds && fails) || !choices.next()) return { holds, fails };
  }
  return { holds: true, fails: true };
}

/** What a claim comes down to: facts about single packets. */
export type Formula =
  /** It holds for each of these packets; they have the one end, whose open questions are nobody else's. */
  | {
      readonly kind: "packets";
      readonly about: string;
      readonly headers: readonly Header[];
      readonly holds: (world: World, header: Header) => boolean;
    }
  /** `one`: it depends on one of the parts, and it is not known on which. */
  | { readonly kind: "every" | "some" | "one"; readonly parts: readonly Formula[] };

/** What concerns no packet. */
export function fact(holds: (world: World) => boolean): Formula {
  const header: Header = { protocol: "Tcp", sourcePort: 0, destinationPort: 0 };
  return { kind: "packets", about: "", headers: [header], holds };
}
/** What the estate does not tell at all. */
export const open = (question: string): Formula => fact((world) => world.maybe(question));

export interface Decision {
  /** Over all worlds. */
  readonly verdict: Verdict;
  /** Where each rule and each packet is judged by itself. */
  readonly loose: () => Verdict;
}

export function decide(formula: Formula): Decision {
  const world = new World(new Choices(), false);
  let seen = { holds: false, fails: false };
  for (let left = MOST_WORLDS; ; left -= 1) {
    if (left === 0) throw new Error("too many worlds; make the estate smaller");
    const here = inWorld(formula, world);
    seen = { holds: seen.holds || here.holds, fails: seen.fails || here.fails };
    if ((seen.holds && seen.fails) || !world.next()) break;
  }
  const verdict = verdictOf(seen);
  return { verdict, loose: () => (world.asked ? verdictOf(loosely(formula)) : verdict) };
}

function verdictOf({ holds, fails }: Possible): Verdict {
  if (holds && fails) return "unknown";
  return holds ? "proved" : "refuted";
}

function inWorld(formula: Formula, world: World): Possible {
  if (formula.kind !== "packets") return combine(formula, (part) => inWorld(part, world));
  const { about, headers, holds } = formula;
  return world.turnOver(about, () => headers.every((header) => holds(world, header)));
}

function loosely(formula: Formula): Possible {
  if (formula.kind !== "packets") return combine(formula, loosely);
  let fails = false;
  for (const header of formula.headers) {
    const choices = new Choices();
    const world = new World(choices, true);
    const one = possible(choices, () => formula.holds(world, header), MOST_LOOSE_WORLDS);
    if (!one.holds) return one;
    fails ||= one.fails;
  }
  return { holds: true, fails };
}

/** Parts do not hang together: each takes its own worlds, so possibilities add up as below. */
function combine(
  { kind, parts }: Extract<Formula, { readonly parts: unknown }>,
  judge: (part: Formula) => Possible,
): Possible {
  let holds = kind === "every";
  let fails = kind === "some";
  for (const part of parts) {
    const one = judge(part);
    holds = kind === "every" ? holds && one.holds : holds || one.holds;
    fails = kind === "some" ? fails && one.fails : fails || one.fails;
    if (kind === "every" ? !holds : kind === "some" && !fails) break;
  }
  return { holds, fails };
}
