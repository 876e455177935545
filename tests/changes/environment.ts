import { smallest } from "../support/environment";
import type { SecureJumpAccessArgs } from "../../sdk";
import type { Change, NoChange } from "./change";
import { withValues } from "./change";
import { ALL_REPLACED, HOST_REPLACED, NOTHING } from "./costs";
import * as made from "./resources";
import { GROUPS, WORKSPACES } from "./tenant";

/** The environment that is changed: the smallest one with the inputs that most rows change. */
export function base(): SecureJumpAccessArgs {
  return withValues(smallest(), {
    tags: { owner: "platform" },
    "diagnostics.workspaceId": WORKSPACES.usual,
    "spokes.app.allowInbound.https": { from: ["10.40.0.0/16"], ports: [443], reason: "publish" },
    "access.administrators.approverGroups": { approvers: GROUPS.approvers },
  });
}

const EVERYTHING_BUT_SIGN_IN = [
  made.HUB_GROUP,
  made.HUB_RULES,
  made.HUB_NETWORK,
  made.BASTION_SUBNET,
  made.ADDRESS,
  made.HOST,
  made.AUDIT,
  made.READERS,
  made.SPOKE_GROUP,
  made.SPOKE_RULES,
  made.SPOKE_NETWORK,
  made.SPOKE_SUBNET,
  made.NAT,
  made.PEERING,
  made.MACHINES,
];

const TAGGED = [
  made.HUB_GROUP,
  made.HUB_RULES,
  made.HUB_NETWORK,
  made.ADDRESS,
  made.HOST,
  made.SPOKE_GROUP,
  made.SPOKE_RULES,
  made.SPOKE_NETWORK,
  made.NAT,
  made.MACHINES,
];

export const ENVIRONMENT_CHANGES: readonly (Change | NoChange)[] = [
  {
    input: "location",
    to: "northeurope",
    steps: {
      replace: EVERYTHING_BUT_SIGN_IN,
      // The scope's place is part of an eligibility's name: the same policy may not be taken for another's.
      delete: [made.eligibilities("app-dev-westeurope")],
      create: [made.eligibilities("app-dev-northeurope")],
    },
    cost: ALL_REPLACED,
  },
  {
    input: "environment",
    to: "test",
    steps: {
      replace: EVERYTHING_BUT_SIGN_IN,
      update: [made.SIGN_IN_POLICY, made.APPROVERS_POLICY],
      delete: [made.eligibilities("app-dev-westeurope")],
      create: [made.eligibilities("app-test-westeurope")],
    },
    cost: ALL_REPLACED,
  },
  {
    input: "subscriptionId",
    because:
      "an environment cannot move: the id has to be that of the provider in use, and another one is another environment with another stack",
  },
  {
    input: "resourceManagerEndpoint",
    because:
      "it says only whom to ask for the name of a role's management policy, and the name that was found first stays",
  },
  {
    input: "tags.*",
    at: "tags.owner",
    to: "security",
    batch: "tags",
    property: "tags.owner",
    steps: { update: TAGGED },
    cost: NOTHING,
  },
  {
    input: "tags.*",
    at: "tags.costCentre",
    to: "4711",
    batch: "tags",
    property: "tags.costCentre",
    words: "one more tag",
    steps: { update: TAGGED },
    cost: NOTHING,
  },
  {
    input: "diagnostics.workspaceId",
    to: WORKSPACES.other,
    words: "another workspace",
    steps: { update: [made.AUDIT] },
    cost: NOTHING,
  },
  {
    input: "diagnostics.workspaceId",
    at: "diagnostics",
    to: undefined,
    words: "no diagnostics any more",
    steps: { delete: [made.AUDIT] },
    cost: { words: "sessions are no longer logged" },
  },
  {
    input: "hub.addressSpace",
    to: "10.11.0.0/24",
    steps: {
      replace: [
        made.HUB_NETWORK,
        made.BASTION_SUBNET,
        made.PEERING,
        made.HOST,
        made.AUDIT,
        made.READERS,
      ],
      update: [made.SPOKE_RULES],
    },
    cost: HOST_REPLACED,
  },
  {
    input: "hub.addressSpace",
    to: "10.10.0.0/23",
    words: "a larger range that begins the same",
    steps: { update: [made.HUB_NETWORK, made.TO_HUB] },
    cost: NOTHING,
  },
];
