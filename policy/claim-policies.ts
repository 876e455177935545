import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { ClaimId } from "../components/model/claims/claim";

/** How the pack treats one claim. */
export interface ClaimPolicy {
  /** What users write in a policy configuration; never changed. */
  readonly name: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  /** What to do about a violation. */
  readonly remediation: string;
  /** Microsoft's page on it. */
  readonly page: string;
}

const LEARN = "https://learn.microsoft.com";

/**
 * One policy for each claim. Mandatory is what opens a way in; advisory is what only shows who could open
 * one, because in many tenants somebody has to be able to.
 */
export const CLAIM_POLICIES: Readonly<Record<ClaimId, ClaimPolicy>> = {
  N1: {
    name: "n1-only-bastion-reaches-management-ports",
    level: "mandatory",
    severity: "critical",
    remediation:
      "Let the security group of the VM's subnet admit 22 and 3389 from the AzureBastionSubnet range alone, and end its inbound rules with a deny of everything: Azure's default AllowVnetInBound admits every peered network.",
    page: `${LEARN}/azure/bastion/bastion-nsg`,
  },
  N2: {
    name: "n2-bastion-reaches-the-vm",
    level: "mandatory",
    severity: "high",
    remediation:
      "Admit the AzureBastionSubnet range to the VM's sign-in port, peer both networks with both halves, use Bastion Standard or Premium, and keep routes of the VM's subnet off the Bastion range.",
    page: `${LEARN}/azure/bastion/vnet-peering`,
  },
  N3: {
    name: "n3-bastion-subnet-guarded",
    level: "mandatory",
    severity: "high",
    remediation:
      "Give AzureBastionSubnet a security group with the eight rules of https://learn.microsoft.com/azure/bastion/bastion-nsg, inline and in one piece, and no route table.",
    page: `${LEARN}/azure/bastion/bastion-nsg`,
  },
  N4: {
    name: "n4-no-address-on-the-internet",
    level: "mandatory",
    severity: "critical",
    remediation:
      "Take the public address off the VM's interface and the VM out of pools behind a public frontend; connect through Bastion, and go out through a NAT gateway.",
    page: `${LEARN}/azure/virtual-network/ip-services/public-ip-addresses`,
  },
  N5: {
    name: "n5-spokes-apart",
    level: "mandatory",
    severity: "high",
    remediation:
      "Remove the peering between the spokes, or deny the other spoke's range in the security group of this one.",
    page: `${LEARN}/azure/virtual-network/virtual-network-peering-overview`,
  },
  N6: {
    name: "n6-sign-in-extension-has-its-way-out",
    level: "mandatory",
    severity: "medium",
    remediation:
      "Let 443 out to the Internet and give the subnet a NAT gateway or a next hop that passes it on; the extension cannot be installed otherwise.",
    page: `${LEARN}/entra/identity/devices/howto-vm-sign-in-azure-ad-linux`,
  },
  N7: {
    name: "n7-no-other-remote-administration",
    level: "mandatory",
    severity: "critical",
    remediation:
      "Deny 135, 445, 5985 and 5986 inbound, best with a last rule that denies everything.",
    page: `${LEARN}/azure/virtual-network/network-security-groups-overview`,
  },
  I1: {
    name: "i1-no-standing-login-role",
    level: "mandatory",
    severity: "critical",
    remediation:
      "Replace the role assignment by an eligibility (PimRoleEligibilitySchedule) for the same group, role and scope.",
    page: `${LEARN}/entra/identity/devices/howto-vm-sign-in-azure-ad-linux`,
  },
  I2: {
    name: "i2-activation-asks-for-what-is-meant",
    level: "mandatory",
    severity: "high",
    remediation:
      "Set the role's management policy at the eligibility's own scope, before the eligibility: bounded hours, MFA, justification, approval where it is asked for; give the eligibility an end.",
    page: `${LEARN}/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings`,
  },
  I3: {
    name: "i3-phishing-resistant-sign-in",
    level: "mandatory",
    severity: "critical",
    remediation:
      "Include the group and every sign-in app in a Conditional Access policy that demands the strength Phishing-resistant MFA and nothing weaker, without conditions that let sign-ins pass by.",
    page: `${LEARN}/entra/identity/authentication/concept-authentication-strengths`,
  },
  I4: {
    name: "i4-only-break-glass-excluded",
    level: "mandatory",
    severity: "high",
    remediation:
      "Exclude the declared emergency group and nobody else, and give that group no role and no eligibility.",
    page: `${LEARN}/entra/identity/role-based-access-control/security-emergency-access`,
  },
  I5: {
    name: "i5-nobody-by-the-control-plane",
    level: "advisory",
    severity: "high",
    remediation:
      "Make the role an eligibility, narrow its scope, or take it away: it reaches into the VM without a sign-in.",
    page: `${LEARN}/azure/role-based-access-control/built-in-roles`,
  },
  I6: {
    name: "i6-guards-change-hands-for-nobody",
    level: "advisory",
    severity: "high",
    remediation:
      "Leave changes of security groups, policies and group members to the deployment; make the role an eligibility with approval.",
    page: `${LEARN}/azure/role-based-access-control/best-practices`,
  },
  I7: {
    name: "i7-no-local-credential",
    level: "mandatory",
    severity: "high",
    remediation:
      "Switch password sign-in off on Linux, pass no key or password of your own; SpokeWorkload generates what Azure asks for and throws it away.",
    page: `${LEARN}/azure/virtual-machines/extensions/vmaccess-linux`,
  },
};
