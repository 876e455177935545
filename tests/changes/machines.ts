import type { Change, Values } from "./change";
import { MACHINE_REPLACED, NOTHING, RESTART } from "./costs";
import { CREDENTIAL_ROWS } from "./credentials";
import { type MachineRow, renamed, replaced, row } from "./machine-row";
import * as made from "./resources";

const IMAGE = {
  publisher: "Canonical",
  offer: "ubuntu-24_04-lts",
  sku: "server",
  version: "latest",
};
const OWN_IMAGE = { id: "/subscriptions/own/images/one", osVersion: "Ubuntu 24.04" };
const IMAGE_PARTS = {
  publisher: { ...IMAGE, publisher: "Debian", offer: "debian-12", sku: "12-gen2" },
  offer: { ...IMAGE, offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts-gen2" },
  sku: { ...IMAGE, sku: "minimal" },
  version: { ...IMAGE, version: "24.04.202601010" },
} as const;

const MACHINE_ROWS: readonly MachineRow[] = [
  row("os", "os", {
    to: "windows",
    steps: renamed("os"),
    cost: MACHINE_REPLACED,
    note: "the security groups and the Conditional Access policy follow where it is the first or the last of its system",
  }),
  row("size", "size", {
    to: "Standard_D4s_v5",
    steps: { update: [made.machine("size")] },
    cost: RESTART,
  }),
  ...Object.entries(IMAGE_PARTS).map(([part, to]) =>
    row(
      part,
      `image.${part}`,
      {
        to,
        words: `left out to an image of another ${part}`,
        steps: replaced(part),
        cost: MACHINE_REPLACED,
      },
      { whole: "image" },
    ),
  ),
  row(
    "same",
    "image.publisher",
    {
      to: IMAGE,
      words: "the default image written down",
      steps: {},
      cost: NOTHING,
    },
    { whole: "image" },
  ),
  row(
    "own",
    "image.id",
    {
      to: "/subscriptions/own/images/two",
      steps: replaced("own"),
      cost: MACHINE_REPLACED,
    },
    { has: { image: OWN_IMAGE } },
  ),
  row(
    "judged",
    "image.osVersion",
    {
      to: "Ubuntu 22.04",
      steps: {},
      cost: { words: "nothing: it is only judged" },
    },
    { has: { image: OWN_IMAGE } },
  ),
  row("zone", "zone", { to: "2", steps: replaced("zone"), cost: MACHINE_REPLACED }),
  row("named", "name", { to: "web-01", steps: renamed("named"), cost: MACHINE_REPLACED }),
  row("disk", "osDisk.storageAccountType", {
    to: "StandardSSD_LRS",
    steps: replaced("disk"),
    cost: MACHINE_REPLACED,
  }),
  row("gib", "osDisk.sizeGb", {
    to: 256,
    steps: replaced("gib"),
    cost: MACHINE_REPLACED,
    note: "to keep the disk: deallocate the VM, let Azure resize the disk, start it, change the input, run `pulumi up --refresh`",
  }),
  row("plain", "encryptionAtHost", { to: false, steps: replaced("plain"), cost: MACHINE_REPLACED }),
  row("port", "managementPort", {
    to: 2222,
    steps: { update: [made.HUB_RULES, made.SPOKE_RULES] },
    cost: { words: "the connect command names the new port; the image has to listen there" },
  }),
  ...CREDENTIAL_ROWS,
  row(
    "given-up",
    "withoutEntraLogin.reason",
    {
      to: { reason: "appliance" },
      words: "given up",
      steps: { delete: [made.loginOf("given-up")] },
      cost: { words: "nobody signs in to this VM with Entra ID any more" },
    },
    { whole: "withoutEntraLogin" },
  ),
  row(
    "taken-up",
    "withoutEntraLogin.reason",
    {
      to: undefined,
      words: "taken up again",
      steps: { create: [made.loginOf("taken-up")] },
      cost: NOTHING,
    },
    { has: { withoutEntraLogin: { reason: "appliance" } }, whole: "withoutEntraLogin" },
  ),
  row(
    "tagged",
    "tags.*",
    {
      to: "web",
      words: "one more tag",
      steps: { update: [made.machine("tagged"), made.interfaceOf("tagged")] },
      cost: NOTHING,
    },
    { whole: "tags.role" },
  ),
];

/** Every VM of the rows, as it is before; beside `web` and `db`, which stay as they are. */
const FLEET: Values = Object.fromEntries(
  MACHINE_ROWS.map(({ vm, has }) => [`spokes.app.vms.${vm}`, { os: "linux", ...has }]),
);

export const MACHINE_CHANGES: readonly Change[] = [
  {
    input: "spokes.*.vms.*",
    at: "spokes.app.vms.more",
    given: FLEET,
    batch: "machines",
    to: { os: "linux" },
    words: "one more VM",
    steps: { create: [made.interfaceOf("more"), made.machine("more"), made.loginOf("more")] },
    cost: NOTHING,
  },
  {
    input: "spokes.*.vms.*",
    at: "spokes.app.vms.web",
    to: undefined,
    words: "a VM taken away, the last one of its system",
    steps: {
      delete: [made.loginOf("web"), made.machine("web"), made.interfaceOf("web")],
      update: [made.SPOKE_RULES, made.SIGN_IN_POLICY],
    },
    cost: { words: "it is gone with its disk" },
  },
  ...MACHINE_ROWS.map(({ change }): Change => ({ ...change, given: FLEET, batch: "machines" })),
];
