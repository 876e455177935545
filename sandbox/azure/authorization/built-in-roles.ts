import { asObjects, asText, asTexts } from "../json";
import type { JsonObject } from "../json";
import data from "./built-in-roles.json";

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

function roleOf(item: JsonObject): Role {
  const condition = asText(item.condition);
  return {
    name: asText(item.name) ?? "",
    roleName: asText(item.roleName) ?? "",
    description: asText(item.description) ?? "",
    actions: asTexts(item.actions),
    notActions: asTexts(item.notActions),
    dataActions: asTexts(item.dataActions),
    notDataActions: asTexts(item.notDataActions),
    assignableScopes: ["/"],
    ...(condition === undefined ? {} : { condition }),
  };
}

/** Microsoft's built-in roles that the simulation knows; the table with its source is `built-in-roles.json`. */
export const builtInRoles: readonly Role[] = asObjects(data.roles).map(roleOf);
