import type * as pulumi from "@pulumi/pulumi";
import type { BastionHostArgs } from "./bastion-host";
import type { CaPolicyArgs } from "./ca-policy";
import type { Waiver } from "./model/claims/waiver";
import type { RoleAccess } from "./pim-eligibility";
import type { SpokeWorkloadArgs } from "./spoke-workload";

/** Who may activate which login role. A role that is left out has no eligibility at all. */
export interface AccessArgs {
  /** Virtual Machine User Login: sign in without administrative rights. */
  users?: RoleAccess;
  /** Virtual Machine Administrator Login: sign in as local administrator or with sudo. */
  administrators?: RoleAccess;
}

/** The hub network. */
export interface HubArgs {
  /**
   * IPv4 range in CIDR form, /26 or larger; `AzureBastionSubnet` takes its first /26, always.
   * Azure cannot move a subnet that is in use, so the slot never depends on what else is there, and a
   * range that grows around it costs nothing.
   */
  addressSpace: string;
}

/** One spoke: a network of its own, peered with the hub, and the VMs in it. */
export interface SpokeArgs extends Pick<
  SpokeWorkloadArgs,
  "addressSpace" | "vms" | "egress" | "allowInbound"
> {
  /**
   * Who may activate the login roles in this spoke, instead of the environment's `access`. The whole
   * is replaced, not merged: what is written here is what holds here.
   * @default the environment's `access`
   */
  access?: AccessArgs;
}

/** The Bastion host, as far as an environment chooses it. */
export type BastionArgs = Pick<
  BastionHostArgs,
  "sku" | "scaleUnits" | "zones" | "features" | "networkAcls"
>;

/** The Conditional Access policy, as far as an environment chooses it. */
export type SignInArgs = Pick<
  CaPolicyArgs,
  "breakGlass" | "stage" | "acknowledgeLockout" | "strength" | "createMissing" | "signInFrequency"
>;

/** Arguments of `SecureJumpAccess`: one environment. */
export interface SecureJumpAccessArgs {
  /** Azure region of everything in the environment, such as `westeurope`. */
  location: string;
  /**
   * Name of the environment, such as `dev`: part of every physical name, so that two environments
   * live in one subscription. Lower-case letters, digits and hyphens, at most 12.
   */
  environment: string;
  /**
   * Subscription that holds the environment (GUID). Plain, because role ids and scopes are made of
   * it. It must be the subscription of the azure-native provider in use.
   */
  subscriptionId: string;
  /** The network that holds Bastion and nothing else. */
  hub: HubArgs;
  /** The host. @default Standard, native client on, every side door shut */
  bastion?: BastionArgs;
  /** Spokes by name. The name is the spoke's identity: renaming one replaces it. At least one. */
  spokes: Record<string, SpokeArgs>;
  /** Who may activate the login roles, in every spoke that does not say otherwise. */
  access: AccessArgs;
  /**
   * What Entra ID demands at sign-in, and who is excluded from it. `breakGlass` belongs here: a policy
   * that excludes nobody refutes I4, and is refused unless a waiver names it.
   * @default report-only, built-in phishing-resistant strength, nobody excluded
   */
  signIn?: SignInArgs;
  /**
   * Where Bastion's audit log goes.
   * @default none: a workspace costs money and usually exists elsewhere
   */
  diagnostics?: {
    /** Resource id of a Log Analytics workspace. */
    workspaceId: pulumi.Input<string>;
  };
  /**
   * Claims that need not hold for a while, by name, each with a reason and a last day. What the arguments
   * refute and no waiver covers is refused before anything is registered; a waiver that has ended, or that
   * covers nothing, is refused as well. @default none
   */
  waivers?: Record<string, Waiver>;
  /** Tags of every resource that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Resource Manager of the subscription's cloud, as an URL.
   * @default the audience of the provider's own token, right in the public and the sovereign clouds
   */
  resourceManagerEndpoint?: string;
}
