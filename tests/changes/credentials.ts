import { MACHINE_REPLACED, NOTHING } from "./costs";
import { type MachineRow, replaced, row } from "./machine-row";
import * as made from "./resources";

const KEY = { sshPublicKey: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 one", reason: "cluster" };
const PASSWORD = { password: "Held-by-somebody-1!", reason: "cluster" };

/** A credential of the local account that somebody holds: given, changed, withdrawn, and its reason. */
export const CREDENTIAL_ROWS: readonly MachineRow[] = [
  row(
    "key",
    "localCredential.sshPublicKey",
    {
      to: KEY,
      words: "a key that somebody holds in place of one that nobody does",
      steps: replaced("key"),
      cost: MACHINE_REPLACED,
    },
    { whole: "localCredential" },
  ),
  row(
    "rekeyed",
    "localCredential.sshPublicKey",
    {
      to: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC8 two",
      words: "another key",
      steps: replaced("rekeyed"),
      cost: MACHINE_REPLACED,
    },
    { has: { localCredential: KEY } },
  ),
  row(
    "unkeyed",
    "localCredential.sshPublicKey",
    {
      to: undefined,
      words: "the key withdrawn",
      steps: replaced("unkeyed"),
      cost: MACHINE_REPLACED,
    },
    { has: { localCredential: KEY }, whole: "localCredential" },
  ),
  row(
    "pass",
    "localCredential.password",
    {
      to: PASSWORD,
      words: "a password that somebody holds in place of one that nobody does",
      steps: replaced("pass"),
      cost: MACHINE_REPLACED,
    },
    { has: { os: "windows" }, whole: "localCredential" },
  ),
  row(
    "unpass",
    "localCredential.password",
    {
      to: undefined,
      words: "the password withdrawn",
      steps: replaced("unpass"),
      cost: MACHINE_REPLACED,
    },
    { has: { os: "windows", localCredential: PASSWORD }, whole: "localCredential" },
  ),
  row(
    "why",
    "localCredential.reason",
    {
      to: "cluster service",
      words: "another reason, which is a tag",
      steps: { update: [made.machine("why")] },
      cost: NOTHING,
    },
    { has: { localCredential: KEY } },
  ),
];
