import { BUILT_IN_ROLES } from "../../../components/model/built-in-roles";

/** A role: what it lets its holder do, on the control plane (actions) and on the data plane (dataActions). */
export interface Role {
  /** The role's GUID. */
  readonly name: string;
  readonly roleName: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly assignableScopes: readonly string[];
  /** Condition of the role itself, such as which roles its holder may assign. */
  readonly condition?: string;
}

/** Microsoft's built-in roles that the simulation knows, in the words of Resource Manager. */
export const builtInRoles: readonly Role[] = BUILT_IN_ROLES.map(
  ({ id, name, description, actions, notActions, dataActions, notDataActions, condition }) => ({
    name: id,
    roleName: name,
    description,
    actions,
    notActions,
    dataActions,
    notDataActions,
    assignableScopes: ["/"],
    ...(condition === undefined ? {} : { condition }),
  }),
);
