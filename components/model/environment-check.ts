import {
  type AccessChoice,
  checkAccess,
  checkGroups,
  groupsOf,
  type NamedGroup,
  type RoleAccessChoice,
} from "./access-groups";
import { checkDisjoint } from "./address-range";
import {
  type BastionChoice,
  checkBastion,
  CUSTOM_PORTS,
  PEERED_NETWORKS,
  resolveFeatures,
} from "./bastion-sku";
import { checkSignIn, type SignInChoice } from "./conditional-access";
import { checkHub } from "./hub";
import { at, below, type Issue, shown } from "./issue";
import { LOGIN_ROLES, type LoginRole } from "./login-roles";
import type { OperatingSystem } from "./operating-system";
import { checkBaseName, checkKey } from "./resource-names";
import { checkSpoke, namesOf, type SpokeChoice, type SpokeNaming } from "./spoke";
import { checkUniqueNames } from "./windows-name";

/** One environment, as far as it is plain. Ids of groups are what they are: text, or known later. */
export interface EnvironmentChoice<Id> {
  readonly location: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly hub: { readonly addressSpace: string };
  readonly bastion?: Partial<BastionChoice>;
  readonly spokes: Readonly<Record<string, SpokeChoice & { readonly access?: AccessChoice<Id> }>>;
  readonly access: AccessChoice<Id>;
  readonly signIn?: SignInChoice & { readonly breakGlass?: { readonly groupId: Id } };
}

const LONGEST_ENVIRONMENT = 12;
const LONGEST_SPOKE_KEY = 24;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `<component>-<environment>`: what every physical name of an environment begins with. */
export function environmentBase(name: string, environment: string): string {
  return `${name}-${environment}`;
}

/** How a spoke's resources are named. */
export function spokeNaming(
  name: string,
  key: string,
  {
    environment,
    subscriptionId,
  }: Pick<EnvironmentChoice<unknown>, "environment" | "subscriptionId">,
): SpokeNaming {
  return {
    baseName: `${environmentBase(name, environment)}-${key}`,
    key,
    uniqueness: [subscriptionId, name, environment],
  };
}

/** Who may activate what in a spoke: its own access, or the environment's. */
export function accessOf<Access>(
  spoke: { readonly access?: Access },
  environment: { readonly access: Access },
): Access {
  return spoke.access ?? environment.access;
}

/** Every group of an environment where the caller named it. */
export function environmentGroups<Id>(args: EnvironmentChoice<Id>): NamedGroup<Id>[] {
  const breakGlass = args.signIn?.breakGlass;
  return [
    ...(breakGlass === undefined
      ? []
      : [
          {
            path: "signIn.breakGlass.groupId",
            key: "breakGlass",
            id: breakGlass.groupId,
            use: "breakGlass" as const,
          },
        ]),
    ...groupsOf(args.access, "access"),
    ...Object.entries(args.spokes).flatMap(([key, { access }]) =>
      access === undefined ? [] : groupsOf(access, at("spokes", key, "access")),
    ),
  ];
}

/** Operating systems among the VMs, in a fixed order. */
export function operatingSystemsOf(
  spokes: EnvironmentChoice<unknown>["spokes"],
): OperatingSystem[] {
  const present = Object.values(spokes).flatMap(({ vms }) =>
    Object.values(vms).map(({ os }) => os),
  );
  return (["linux", "windows"] as const).filter((os) => present.includes(os));
}

/** Sign-in ports that are not the protocols' own. */
export function customPortsOf(spokes: EnvironmentChoice<unknown>["spokes"]): number[] {
  const ports = Object.values(spokes).flatMap(({ vms }) =>
    Object.values(vms).flatMap(({ managementPort }) => managementPort ?? []),
  );
  return [...new Set(ports)].filter((port) => port !== 22 && port !== 3389).sort((a, b) => a - b);
}

/** Every problem of an environment's arguments, each part's own and those that join two parts. */
export function checkEnvironment(name: string, args: EnvironmentChoice<unknown>): Issue[] {
  const { location, environment, subscriptionId, hub, spokes, access, signIn = {} } = args;
  const bastion: BastionChoice = { sku: "Standard", ...args.bastion };
  const issues: Issue[] = [];
  if (!/^[a-z][a-z0-9]{2,}$/.test(location)) {
    issues.push({
      path: "location",
      problem: `${shown(location)} is no region; use a name such as westeurope`,
    });
  }
  if (!GUID.test(subscriptionId)) {
    issues.push({
      path: "subscriptionId",
      problem: `${shown(subscriptionId)} is no subscription id; give its GUID`,
    });
  }
  issues.push(
    ...checkKey(environment, "environment", LONGEST_ENVIRONMENT),
    ...checkBaseName(environmentBase(name, environment), "", ["bastionHost"]),
    ...below("hub", checkHub(hub)),
    ...below("bastion", checkBastion(bastion)),
    ...checkAccess(access, "access"),
    ...below("signIn", checkSignIn(signIn)),
  );
  if (Object.keys(spokes).length === 0) {
    issues.push({ path: "spokes", problem: "is empty; name at least one spoke" });
  }
  for (const [key, spoke] of Object.entries(spokes)) {
    issues.push(
      ...checkKey(key, at("spokes", key), LONGEST_SPOKE_KEY),
      ...below(at("spokes", key), checkSpoke(spoke, spokeNaming(name, key, args))),
    );
    if (spoke.access !== undefined) {
      issues.push(...checkAccess(spoke.access, at("spokes", key, "access")));
    }
  }
  return [
    ...issues,
    ...checkDisjoint([
      { path: "hub.addressSpace", text: hub.addressSpace },
      ...Object.entries(spokes).map(([key, { addressSpace }]) => ({
        path: at("spokes", key, "addressSpace"),
        text: addressSpace,
      })),
    ]),
    ...checkNamesAcross(name, args),
    ...checkGroups(environmentGroups(args)),
    ...checkHostForMachines(bastion, spokes),
  ];
}

/** Names that VMs of two spokes share; those within one spoke are the spoke's own problem. */
function checkNamesAcross(name: string, args: EnvironmentChoice<unknown>): Issue[] {
  const all = Object.entries(args.spokes).map(([key, spoke]) =>
    namesOf(spoke, spokeNaming(name, key, args), at("spokes", key, "vms")),
  );
  const within = new Set(all.flatMap((names) => checkUniqueNames(names).map(({ path }) => path)));
  return checkUniqueNames(all.flat()).filter(({ path }) => !within.has(path));
}

/** What the host has to be able to do for the VMs that are there. */
function checkHostForMachines(
  bastion: BastionChoice,
  spokes: EnvironmentChoice<unknown>["spokes"],
): Issue[] {
  const issues: Issue[] = [];
  const { sku } = bastion;
  const wanted = resolveFeatures(bastion);
  if (!PEERED_NETWORKS.includes(sku)) {
    issues.push({
      path: "bastion.sku",
      problem: `${shown(sku)} reaches no peered network, and VMs stand in spokes; use ${PEERED_NETWORKS.join(", ")}`,
    });
  }
  for (const [key, { vms }] of Object.entries(spokes)) {
    for (const [vm, { os, managementPort }] of Object.entries(vms)) {
      const path = at("spokes", key, "vms", vm);
      if (managementPort !== undefined && !CUSTOM_PORTS.includes(sku)) {
        issues.push({
          path: at(path, "managementPort"),
          problem: `SKU ${shown(sku)} connects to 22 and 3389 only; use ${CUSTOM_PORTS.join(" or ")}`,
        });
      }
      if (os === "windows" && wanted.sessionRecording) {
        issues.push({
          path: "bastion.features.sessionRecording",
          problem: `leaves no Entra ID sign-in for the Windows VM at ${path}: a recorded host has neither native client nor RDP with Entra ID in the portal; put it behind another host`,
        });
      }
    }
  }
  return issues;
}

/** Groups by name for one role over the whole environment, in the order of their names. */
export function groupsByName<Id>(groups: readonly NamedGroup<Id>[]): Map<string, NamedGroup<Id>> {
  const byName = new Map<string, NamedGroup<Id>>();
  for (const group of [...groups].sort((one, other) => (one.key < other.key ? -1 : 1))) {
    if (!byName.has(group.key)) byName.set(group.key, group);
  }
  return byName;
}

/** The same access with each id replaced. */
export function withIds<Id, Other, Role extends RoleAccessChoice<Id>>(
  access: Readonly<Partial<Record<LoginRole, Role>>>,
  path: string,
  id: (path: string) => Other,
): Partial<Record<LoginRole, Omit<Role, "groups" | "approverGroups"> & RoleAccessChoice<Other>>> {
  const replaced = (
    groups: Readonly<Record<string, Id>>,
    ...keys: string[]
  ): Record<string, Other> =>
    Object.fromEntries(Object.keys(groups).map((key) => [key, id(at(path, ...keys, key))]));
  return Object.fromEntries(
    (Object.keys(LOGIN_ROLES) as LoginRole[]).flatMap((role) => {
      const choice = access[role];
      if (choice === undefined) return [];
      const { groups, approverGroups } = choice;
      return [
        [
          role,
          {
            ...choice,
            groups: replaced(groups, role, "groups"),
            approverGroups:
              approverGroups === undefined
                ? undefined
                : replaced(approverGroups, role, "approverGroups"),
          },
        ],
      ];
    }),
  );
}
