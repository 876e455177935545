export { BastionHost, type BastionHostArgs } from "../components/bastion-host";
export { CaPolicy, type CaPolicyArgs } from "../components/ca-policy";
export {
  EntraLoginExtension,
  type EntraLoginExtensionArgs,
} from "../components/entra-login-extension";
export { HubNetwork, type HubNetworkArgs } from "../components/hub-network";
export { InvalidArgsError } from "../components/invalid-args-error";
export type { Claim, Counterexample, Verdict } from "../components/model/claims/claim";
export type { Waiver } from "../components/model/claims/waiver";
export type { AllowInbound } from "../components/model/workload-nsg-rules";
export type { BastionFeatures, BastionSku } from "../components/model/bastion-sku";
export type { ConnectCommands } from "../components/model/connect-command";
export type { Egress } from "../components/model/egress";
export type { OperatingSystem } from "../components/model/operating-system";
export type { Activation, Eligibility } from "../components/model/pim-policy";
export type { Stage } from "../components/model/conditional-access";
export type { OwnImage, PublishedImage, VmImage } from "../components/model/vm-image";
export {
  PimEligibility,
  type PimEligibilityArgs,
  type RoleAccess,
} from "../components/pim-eligibility";
export {
  getRoleManagementPolicyName,
  type GetRoleManagementPolicyNameArgs,
  getRoleManagementPolicyNameOutput,
  type GetRoleManagementPolicyNameOutputArgs,
} from "../components/role-management-policy-name";
export { SecureJumpAccess } from "../components/secure-jump-access";
export type {
  AccessArgs,
  BastionArgs,
  HubArgs,
  SecureJumpAccessArgs,
  SignInArgs,
  SpokeArgs,
} from "../components/secure-jump-access-args";
export type { SpokeMachine } from "../components/spoke-machine";
export type { HubPeer } from "../components/spoke-peerings";
export { SpokeWorkload, type SpokeWorkloadArgs } from "../components/spoke-workload";
export type { VirtualMachineArgs } from "../components/virtual-machine-args";
