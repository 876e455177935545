import { type Engine, type InlineStack, openEngine, type Outcome } from "../support/engine";
import { homeLike, type OwnHome } from "../support/copied-home";
import { violations } from "../support/order-promise";
import { SecureJumpAccess, type SecureJumpAccessArgs } from "../../sdk";
import { before, type Change, placeOf, type Steps, withValues } from "./change";
import { base } from "./environment";

/** What the engine did, by logical name without the component's own before it; and what is left to do. */
export interface Done {
  readonly steps: Readonly<Record<keyof Steps, readonly string[]>>;
  /** Paths of the inputs that differ, by the resource that was updated. */
  readonly differences: Readonly<Record<string, readonly string[]>>;
  /** What a preview after a refresh would still change; empty where nobody looked. */
  readonly left: readonly string[];
  /** What stood open for a moment while somebody was eligible. */
  readonly open: readonly string[];
}

/** A network that is replaced is gone for a while, with the VMs in it: nothing is open then. */
const GONE = new Set(["a subnet", "AzureBastionSubnet"]);

const NAME = "jump";
const shortName = (name: string): string => name.slice(NAME.length + 1);
const program = (args: SecureJumpAccessArgs) => () => {
  new SecureJumpAccess(NAME, args);
  return undefined;
};

/** Deploys each environment once and carries every change out on a copy of it. */
export class Environments {
  readonly #deployed = new Map<string, Promise<OwnHome>>();

  constructor(readonly tenantFile: string) {}

  /**
   * Carries changes out at once, on an environment that they have in common.
   * @param look whether to look afterwards for what is left to do, which takes as long again
   */
  async carryOut(changes: readonly Change[], look = true): Promise<Done> {
    const [first] = changes;
    if (first === undefined) throw new RangeError("nothing to carry out");
    const start = before(base(), first);
    const end = changes.reduce(
      (args, change) => withValues(args, { [placeOf(change)]: change.to, ...change.along }),
      start,
    );
    const home = homeLike((await this.#deploy(start)).path);
    const engine = await openEngine({ home: home.path, tenantFile: this.tenantFile });
    try {
      const stack = await engine.inline({ program: program(end) });
      const up = first.askedFor === true ? await runAsAsked(stack) : await stack.up();
      const plan = look ? await stack.preview({ flags: ["--refresh"] }) : { changes: [] };
      return {
        steps: stepsOf(up),
        differences: Object.fromEntries(
          up.changes
            .filter(({ op }) => op === "update")
            .map(({ name, detailedDiff }) => [shortName(name), Object.keys(detailedDiff)]),
        ),
        left: plan.changes.map(({ op, name }) => `${op} ${shortName(name)}`),
        open: opened(engine),
      };
    } finally {
      await engine.close();
      home.remove();
    }
  }

  async remove(): Promise<void> {
    for (const home of this.#deployed.values()) (await home).remove();
  }

  #deploy(args: SecureJumpAccessArgs): Promise<OwnHome> {
    const key = JSON.stringify(args);
    const known = this.#deployed.get(key);
    if (known !== undefined) return known;
    const made = this.#make(args);
    this.#deployed.set(key, made);
    return made;
  }

  async #make(args: SecureJumpAccessArgs): Promise<OwnHome> {
    const home = homeLike();
    const engine = await openEngine({ home: home.path, tenantFile: this.tenantFile });
    try {
      await (await engine.inline({ program: program(args) })).up();
    } finally {
      await engine.close(); // the next run is five simulated minutes later: Azure removes no younger eligibility
    }
    return home;
  }
}

/** Runs what is stopped at first, with the line that it is stopped with. */
async function runAsAsked(stack: InlineStack): Promise<Outcome> {
  const stopped = await stack.preview({ mayFail: true });
  const urn = /^ {2}pulumi up --replace '(\S+)'$/m.exec(stopped.errors.join("\n"))?.[1];
  if (stopped.ok || urn === undefined) throw new Error("the change was not stopped");
  return await stack.up({ flags: ["--replace", urn] });
}

function opened(engine: Engine): string[] {
  const missing = violations(engine.journal()).map((violation) => violation.missing);
  return [...new Set(missing)].filter((what) => !GONE.has(what));
}

function stepsOf({ changes }: Outcome): Done["steps"] {
  const own = changes.filter(({ type }) => !type.startsWith("secure-jump-access:"));
  const at = (op: string, name: string): number =>
    own.findIndex((step) => step.op === op && step.name === name);
  const of = (op: string): string[] => own.filter((step) => step.op === op).map(({ name }) => name);
  const made = of("create-replacement");
  const gone = of("delete-replaced");
  const deletedFirst = made.filter(
    (name) => gone.includes(name) && at("delete-replaced", name) < at("create-replacement", name),
  );
  return {
    create: of("create").map(shortName),
    update: of("update").map(shortName),
    replace: deletedFirst.map(shortName),
    moveOver: made.filter((name) => !deletedFirst.includes(name)).map(shortName),
    // What is deleted because it hangs on something that is replaced, and does not come back.
    delete: [...of("delete"), ...gone.filter((name) => !made.includes(name))].map(shortName),
  };
}

/** The steps that a table says, in the form of those that were seen. */
export function expected(changes: readonly Change[]): Done["steps"] {
  const names = (kind: keyof Steps): string[] => [
    ...new Set(changes.flatMap((change) => namesOf(change, kind))),
  ];
  return {
    create: names("create"),
    update: names("update"),
    replace: names("replace"),
    moveOver: names("moveOver"),
    delete: names("delete"),
  };
}

function namesOf({ steps }: Change, kind: keyof Steps): string[] {
  return (steps[kind] ?? []).flatMap((group) => group.names);
}

/**
 * What of a batch cannot be told to be the doing of one change: a resource that two of them move without a word which
 * of its inputs are whose, or an input that differs and is nobody's.
 */
export function unattributed(changes: readonly Change[], { differences }: Done): string[] {
  const kinds = ["create", "update", "replace", "moveOver", "delete"] as const;
  const moversOf = (name: string): Change[] =>
    changes.filter((change) => kinds.some((kind) => namesOf(change, kind).includes(name)));
  return [...new Set(changes.flatMap((change) => kinds.flatMap((kind) => namesOf(change, kind))))]
    .map((name) => ({ name, movers: moversOf(name) }))
    .filter(({ movers }) => movers.length > 1)
    .flatMap(({ name, movers }) => {
      const paths = differences[name] ?? [];
      const own = movers.map(({ property }) => property);
      const nobodys = paths.filter(
        (path) => !own.some((mine) => mine !== undefined && path.startsWith(mine)),
      );
      const idle = own.filter(
        (mine) => mine === undefined || !paths.some((path) => path.startsWith(mine)),
      );
      return [...nobodys, ...idle].map((what) => `${name}: ${what ?? "no property"}`);
    });
}

/** Whether a change replaces something. */
export function replaces({ steps }: Change): boolean {
  return steps.replace !== undefined || steps.moveOver !== undefined;
}

/** Changes that are carried out together, in the order of the table. */
export function batches(changes: readonly Change[]): Change[][] {
  const together = new Map<string, Change[]>();
  changes.forEach((change, index) => {
    const key = change.batch ?? String(index);
    together.set(key, [...(together.get(key) ?? []), change]);
  });
  return [...together.values()];
}
