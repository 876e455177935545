import type { Change, Steps } from "./change";
import * as made from "./resources";

interface Around {
  /** What the VM has before, besides its system. */
  readonly has?: Readonly<Record<string, unknown>>;
  /** The object around the input that is given or taken away. @default the input itself */
  readonly whole?: string;
}

export interface MachineRow extends Around {
  readonly vm: string;
  readonly change: Change;
}

/** A row about a VM of its own, so that all of them can be changed at once. */
export function row(
  vm: string,
  property: string,
  change: Omit<Change, "input" | "at">,
  { has, whole = property }: Around = {},
): MachineRow {
  const at = `spokes.app.vms.${vm}.${whole}`;
  return { vm, has, change: { input: `spokes.*.vms.*.${property}`, at, ...change } };
}

export const replaced = (vm: string): Steps => ({ replace: [made.machine(vm), made.loginOf(vm)] });
/** A VM under another name has another interface too. */
export const renamed = (vm: string): Steps => ({
  replace: [made.interfaceOf(vm), made.machine(vm), made.loginOf(vm)],
});
