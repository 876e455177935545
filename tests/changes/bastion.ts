import type { Change, NoChange } from "./change";
import { HOST_REPLACED, HOST_UPDATED, NOTHING, SESSIONS_CUT } from "./costs";
import * as made from "./resources";

const updated = { update: [made.HOST] };

/** Switches of a host that Azure changes in place, by the property that each is in Azure's words. */
const SWITCHES = {
  nativeClient: "enableTunneling",
  ipConnect: "enableIpConnect",
  shareableLink: "enableShareableLink",
  fileCopy: "enableFileCopy",
  copyPaste: "disableCopyPaste",
  kerberos: "enableKerberos",
} as const;

export const BASTION_CHANGES: readonly (Change | NoChange)[] = [
  {
    input: "bastion.sku",
    to: "Premium",
    words: "up: left out (Standard) to Premium",
    batch: "host",
    property: "sku",
    steps: updated,
    cost: HOST_UPDATED,
  },
  {
    input: "bastion.sku",
    from: "Premium",
    to: "Standard",
    askedFor: true,
    words:
      "down: Premium to Standard, stopped at preview with the line `pulumi up --replace <urn>`, and then run with it",
    steps: { replace: [made.HOST, made.AUDIT, made.READERS] },
    cost: HOST_REPLACED,
  },
  {
    input: "bastion.scaleUnits",
    to: 4,
    batch: "host",
    property: "scaleUnits",
    steps: updated,
    cost: SESSIONS_CUT,
  },
  {
    input: "bastion.zones",
    to: ["1", "2"],
    steps: { replace: [made.ADDRESS, made.HOST, made.AUDIT, made.READERS] },
    cost: HOST_REPLACED,
    note: "the host's public address is another one",
  },
  ...Object.entries(SWITCHES).map(([feature, property]): Change => {
    const off = feature === "nativeClient";
    return {
      input: `bastion.features.${feature}`,
      to: !off,
      batch: "host",
      property,
      steps: updated,
      cost: off ? { words: "native clients can no longer connect" } : NOTHING,
    };
  }),
  {
    input: "bastion.features.sessionRecording",
    to: true,
    // A recorded host has no native client and no Entra ID sign-in by RDP.
    given: { "bastion.sku": "Premium", "spokes.app.vms.db": undefined },
    words: "left out to true, which switches the native client off",
    steps: updated,
    cost: { words: "native clients can no longer connect" },
  },
  {
    input: "bastion.features.privateOnly",
    to: true,
    given: { "bastion.sku": "Premium" },
    steps: { replace: [made.HOST, made.AUDIT, made.READERS], delete: [made.ADDRESS] },
    cost: HOST_REPLACED,
    note: "clients outside Azure need a private way to it",
  },
  {
    input: "bastion.networkAcls",
    because:
      "only SKU Developer takes it, which reaches no peered network and is refused for an environment with spokes",
  },
];
