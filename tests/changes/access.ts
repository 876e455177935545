import type { Change, Values } from "./change";
import { NEW_ELIGIBILITY, NEXT_ACTIVATION, NOTHING } from "./costs";
import * as made from "./resources";
import { LAB } from "./spokes";
import { GROUPS, POLICY_NAMES } from "./tenant";

/** A second spoke with access of its own, beside the first, which has the environment's. */
const TWO_SPOKES: Values = {
  "spokes.lab": {
    ...LAB,
    access: {
      users: { groups: { operators: GROUPS.operators } },
      administrators: {
        groups: { admins: GROUPS.admins },
        approverGroups: { approvers: GROUPS.approvers },
      },
    },
  },
};

/** The four places where access to a role is said; changes of one input in all four are carried out at once. */
const PLACES = [
  { spoke: "app", role: "users", input: "access.users", at: "access.users" },
  {
    spoke: "app",
    role: "administrators",
    input: "access.administrators",
    at: "access.administrators",
  },
  { spoke: "lab", role: "users", input: "spokes.*.access.users", at: "spokes.lab.access.users" },
  {
    spoke: "lab",
    role: "administrators",
    input: "spokes.*.access.administrators",
    at: "spokes.lab.access.administrators",
  },
] as const;

const HOLDERS = { users: "operators", administrators: "admins" } as const;

function changesAt({ spoke, role, input, at }: (typeof PLACES)[number]): Change[] {
  const scope = `${spoke}-dev-westeurope`;
  const policy = made.rolePolicy(scope, role);
  const held = made.eligibility(scope, role, HOLDERS[role]);
  const change = (property: string, rest: Omit<Change, "input" | "given">): Change => ({
    input: `${input}.${property}`,
    at: `${at}.${property}`,
    given: TWO_SPOKES,
    batch: property,
    ...rest,
  });
  return [
    change("activation.maxHours", { to: 1, steps: { update: [policy] }, cost: NEXT_ACTIVATION }),
    change("activation.justification", {
      to: false,
      steps: { update: [policy] },
      cost: NEXT_ACTIVATION,
    }),
    change("activation.ticket", { to: true, steps: { update: [policy] }, cost: NEXT_ACTIVATION }),
    change("activation.authenticationContext", {
      to: "c1",
      steps: { update: [policy] },
      cost: NEXT_ACTIVATION,
    }),
    change("eligibility.days", {
      to: 30,
      steps: { update: [policy], replace: [held] },
      cost: NEW_ELIGIBILITY,
    }),
    change("eligibility.startsOn", {
      to: "2026-01-31",
      steps: { replace: [held] },
      cost: NEW_ELIGIBILITY,
    }),
    change("policyName", {
      to: POLICY_NAMES[`${spoke}.${role}`],
      words: "the name that was found, written down",
      steps: {},
      cost: NOTHING,
    }),
    change("groups.*", {
      at: `${at}.groups.engineers`,
      to: GROUPS.engineers,
      words: "one more group",
      batch: `${at}.groups`,
      steps: {
        create: [made.eligibility(scope, role, "engineers"), made.readerOf("engineers")],
        update: [made.SIGN_IN_POLICY],
      },
      cost: NOTHING,
    }),
    change("approverGroups.*", {
      at: `${at}.approverGroups.engineers`,
      to: GROUPS.engineers,
      words: "one more group of approvers",
      batch: `${at}.approverGroups`,
      steps: { update: [policy, made.APPROVERS_POLICY] },
      cost:
        role === "administrators"
          ? NEXT_ACTIVATION
          : { words: "the next activation needs consent" },
    }),
  ];
}

export const ACCESS_CHANGES: readonly Change[] = [
  ...PLACES.flatMap(changesAt),
  {
    input: "access.users.groups.*",
    at: "access.users.groups.operators",
    to: GROUPS.engineers,
    words: "another group under the same name",
    steps: {
      replace: [
        made.eligibility("app-dev-westeurope", "users", "operators"),
        made.readerOf("operators"),
      ],
      update: [made.SIGN_IN_POLICY],
    },
    cost: { words: "who was eligible no longer is, and the others are" },
  },
  {
    input: "access.users.groups.*",
    at: "access.users",
    to: undefined,
    words: "the role taken away from everybody",
    steps: {
      delete: [
        made.eligibility("app-dev-westeurope", "users", "operators"),
        made.rolePolicy("app-dev-westeurope", "users"),
        made.readerOf("operators"),
      ],
      update: [made.SIGN_IN_POLICY],
    },
    cost: { words: "nobody can activate it; sessions that are open go on" },
  },
  {
    input: "access.administrators.approverGroups.*",
    at: "access.administrators.approverGroups",
    to: undefined,
    words: "no approvers any more",
    steps: {
      update: [made.rolePolicy("app-dev-westeurope", "administrators")],
      delete: [made.APPROVERS_POLICY],
    },
    cost: { words: "the next activation needs nobody's consent" },
  },
  {
    input: "spokes.*.access.users.groups.*",
    at: "spokes.app.access",
    to: { users: { groups: { operators: GROUPS.operators } } },
    words: "a spoke gets access of its own, with one role instead of two",
    steps: {
      delete: [
        made.eligibility("app-dev-westeurope", "administrators", "admins"),
        made.rolePolicy("app-dev-westeurope", "administrators"),
      ],
    },
    cost: { words: "nobody can activate the other role there; sessions that are open go on" },
  },
];
