import { createHash } from "node:crypto";
import { KINDS, type Kind, type Phase } from "./kinds";
import type { Operation } from "./operations";
import type { Undisturbed } from "./undisturbed";

/** An operation with the faults that it is shown, all from the same moment. */
export interface Task {
  readonly phase: Phase;
  readonly operation: Operation;
  readonly kinds: readonly Kind[];
}

/** Every kind of fault at every operation. */
export function wholeMatrix({ ends }: Pick<Undisturbed, "ends">): Task[] {
  return (["creation", "destroy"] as const).flatMap((phase) =>
    ends[phase].operations.map((operation) => ({
      phase,
      operation,
      kinds: KINDS.filter((kind) => kind.phase === phase),
    })),
  );
}

/** Kinds in one sample: as many as are over in two minutes on two cores. */
export const SAMPLE_SIZE = 6;

/** The kinds of a sample: seeds that follow each other go through all of them in turn. */
export function sampledKinds(seed: number): Kind[] {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed: ${seed} is not a whole number from 0; use FAULTS_SEED=1`);
  const turned = (seed * SAMPLE_SIZE) % KINDS.length;
  return [...KINDS.slice(turned), ...KINDS].slice(0, SAMPLE_SIZE);
}

/** The operation at which a sample shows a kind of fault. */
export function sampledOperation(seed: number, kind: Kind, { ends }: Undisturbed): Operation {
  const { operations } = ends[kind.phase];
  const draw = createHash("sha256").update(`${seed}/${kind.name}`).digest().readUInt32BE();
  const operation = operations[draw % operations.length];
  if (operation === undefined)
    throw new Error(`${kind.phase}: an undisturbed run has no operation`);
  return operation;
}
