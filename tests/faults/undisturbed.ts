import { openEngine, type InlineStack, type StateResource } from "../support/engine";
import { devEnvironment } from "./dev-environment";
import { estateOf, guidsIn, stateOf, type Lines } from "./estate";
import type { Phase } from "./kinds";
import { operationsOf, type Operation } from "./operations";

/** One operation at a time, so that "just before the n-th" means the same at every run. */
export const ONE_AT_A_TIME = ["--parallel", "1"] as const;

/** How a run ends that nothing disturbs. */
export interface Ended {
  readonly operations: readonly Operation[];
  readonly estate: Lines;
  readonly state: Lines;
}

/** The dev environment brought up and taken down with nothing in the way: what every other run is held against. */
export interface Undisturbed {
  readonly ends: Readonly<Record<Phase, Ended>>;
  /** The state after creation, for what a person would look up in it. */
  readonly resources: readonly StateResource[];
  /** GUIDs that are no accident. */
  readonly known: readonly string[];
}

/** Runs the dev environment from nothing to nothing. */
export async function runUndisturbed(): Promise<Undisturbed> {
  const engine = await openEngine();
  try {
    const seeds = guidsIn(engine.sandbox.azure.store.all());
    const stack = await engine.inline(devEnvironment());
    await stack.up({ flags: ONE_AT_A_TIME });
    const { resources } = stack.state();
    const known = [...new Set([...seeds, ...guidsIn(resources.map(({ inputs }) => inputs))])];
    const end = (from: number): Ended => ({
      operations: operationsOf(engine.journal().slice(from), resources),
      estate: estateOf(engine.sandbox.azure.store, new Set(known)),
      state: stateOf(stack.state().resources, new Set(known)),
    });
    const creation = end(0);
    const deployed = engine.journal().length;
    await engine.restart(); // five simulated minutes: Azure removes no younger eligibility
    await stack.destroy({ flags: ONE_AT_A_TIME });
    return { ends: { creation, destroy: end(deployed) }, resources, known };
  } finally {
    await engine.close();
  }
}

/** The command that a phase is about. */
export const run = (stack: InlineStack, phase: Phase): InlineStack["up"] =>
  phase === "creation" ? (options) => stack.up(options) : (options) => stack.destroy(options);
