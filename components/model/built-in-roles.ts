import data from "./built-in-roles.json";

/** A built-in role: what it lets its holder do, on the control plane and, by dataActions, in what it manages. */
export interface BuiltInRole {
  /** GUID of the definition, the same in every tenant. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Condition that is part of the role, such as which roles its holder may assign. */
  readonly condition: string | undefined;
}

interface Written {
  readonly name: string;
  readonly roleName: string;
  readonly description: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
  readonly condition?: string;
}

/** The table with its source is `built-in-roles.json`. A role that is not in it is not known to be harmless. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = (data.roles as readonly Written[]).map(
  ({
    name,
    roleName,
    description,
    actions,
    notActions,
    dataActions,
    notDataActions,
    condition,
  }) => ({
    id: name,
    name: roleName,
    description,
    actions: actions ?? [],
    notActions: notActions ?? [],
    dataActions: dataActions ?? [],
    notDataActions: notDataActions ?? [],
    condition,
  }),
);
