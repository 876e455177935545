import { checkActivation, checkEligibility, type Activation, type Eligibility } from "./pim-policy";
import { at, type Issue, shown } from "./issue";
import { LOGIN_ROLES, type LoginRole } from "./login-roles";

/** Who may activate one role, and how. `Id` is a plain id, or one that is known later. */
export interface RoleAccessChoice<Id> {
  readonly groups: Readonly<Record<string, Id>>;
  readonly approverGroups?: Readonly<Record<string, Id>>;
  readonly activation?: Activation;
  readonly eligibility?: Eligibility;
}

export type AccessChoice<Id> = Readonly<Partial<Record<LoginRole, RoleAccessChoice<Id>>>>;

/** A group where the caller named it. */
export interface NamedGroup<Id> {
  readonly path: string;
  /** The name: it stands for the same group everywhere in an environment. */
  readonly key: string;
  readonly id: Id;
  readonly use: "access" | "approver" | "breakGlass";
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every group of one access argument, with its path. */
export function groupsOf<Id>(access: AccessChoice<Id>, path: string): NamedGroup<Id>[] {
  return (Object.keys(LOGIN_ROLES) as LoginRole[]).flatMap((role) => {
    const choice = access[role];
    if (choice === undefined) return [];
    const list = (
      groups: Readonly<Record<string, Id>>,
      name: string,
      use: NamedGroup<Id>["use"],
    ): NamedGroup<Id>[] =>
      Object.entries(groups).map(([key, id]) => ({
        path: at(path, role, name, key),
        key,
        id,
        use,
      }));
    return [
      ...list(choice.groups, "groups", "access"),
      ...list(choice.approverGroups ?? {}, "approverGroups", "approver"),
    ];
  });
}

/** Problems of an access argument apart from the groups' ids. */
export function checkAccess(access: AccessChoice<unknown>, path: string): Issue[] {
  const named: Readonly<Record<string, RoleAccessChoice<unknown> | undefined>> = access;
  const roles = Object.entries(named).flatMap(
    ([role, choice]): [string, RoleAccessChoice<unknown>][] =>
      choice === undefined ? [] : [[role, choice]],
  );
  if (roles.length === 0) {
    return [{ path, problem: "names no role; give users, administrators or both" }];
  }
  return roles.flatMap(([role, { groups, approverGroups, activation = {}, eligibility = {} }]) => {
    if (!(role in LOGIN_ROLES)) {
      return [{ path: at(path, role), problem: "is no role; known are users, administrators" }];
    }
    const names = [...Object.keys(groups), ...Object.keys(approverGroups ?? {})];
    return [
      ...(Object.keys(groups).length === 0
        ? [
            {
              path: at(path, role, "groups"),
              problem: "is empty; name a group, or leave the role out",
            },
          ]
        : []),
      ...names
        .filter((name) => !/^[A-Za-z][\w-]*$/.test(name))
        .map((name) => ({
          path: at(path, role),
          problem: `group name ${shown(name)} becomes part of resource names; use letters, digits, _ and -`,
        })),
      ...checkActivation(activation, at(path, role, "activation")),
      ...checkEligibility(eligibility, at(path, role, "eligibility")),
    ];
  });
}

/**
 * Groups that must not be the same, and names that must be: break-glass is no access group and approves
 * nothing, no group approves itself, a name stands for one group and a group has one name. Told once for
 * each pair; ids that are not strings yet are judged when they are known.
 */
export function checkGroups(groups: readonly NamedGroup<unknown>[]): Issue[] {
  const known = groups.filter((group): group is NamedGroup<string> => typeof group.id === "string");
  return [
    ...known
      .filter(({ id }) => !GUID.test(id))
      .map(({ path, id }) => ({
        path,
        problem: `${shown(id)} is no object id; give the group's GUID, of an azuread.Group its objectId`,
      })),
    ...known.flatMap((group, index) =>
      known.slice(0, index).flatMap((earlier) => collision(earlier, group)),
    ),
  ];
}

function collision(one: NamedGroup<string>, other: NamedGroup<string>): Issue[] {
  const same = one.id.toLowerCase() === other.id.toLowerCase();
  const uses = [one.use, other.use];
  if (same && uses.includes("breakGlass")) {
    return [
      {
        path: other.path,
        problem: `${shown(other.id)} is ${one.path} too; the emergency group is excluded from the policy, so it must not give or approve access, use a group of its own`,
      },
    ];
  }
  if (same && one.use !== other.use && sameRole(one.path, other.path)) {
    return [
      {
        path: (one.use === "approver" ? one : other).path,
        problem: `${shown(other.id)} approves its own activations; use another group`,
      },
    ];
  }
  if (same !== (one.key === other.key) && !uses.includes("breakGlass")) {
    return [
      {
        path: other.path,
        problem: same
          ? `${shown(other.id)} is named ${shown(one.key)} at ${one.path}; a group has one name`
          : `${shown(other.key)} stands for ${shown(one.id)} at ${one.path}; a name stands for one group`,
      },
    ];
  }
  return [];
}

/** `access.users.groups.a` and `access.users.approverGroups.b` speak of the same role. */
function sameRole(one: string, other: string): boolean {
  const role = (path: string): string => path.replace(/\.(groups|approverGroups)[.[].*$/, "");
  return role(one) === role(other);
}
