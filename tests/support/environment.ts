import type { SecureJumpAccessArgs } from "../../sdk";

/** Groups of the sandbox's simulated tenant. */
export const GROUPS = {
  operators: "33333333-0000-4000-8000-000000000001",
  admins: "33333333-0000-4000-8000-000000000002",
  approvers: "33333333-0000-4000-8000-000000000003",
  emergency: "33333333-0000-4000-8000-000000000004",
} as const;

export const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";

/** The smallest useful environment: what the README shows. */
export function smallest(): SecureJumpAccessArgs {
  return {
    location: "westeurope",
    environment: "dev",
    subscriptionId: SUBSCRIPTION,
    hub: { addressSpace: "10.10.0.0/24" },
    spokes: {
      app: { addressSpace: "10.20.0.0/24", vms: { web: { os: "linux" }, db: { os: "windows" } } },
    },
    access: {
      users: { groups: { operators: GROUPS.operators } },
      administrators: { groups: { admins: GROUPS.admins } },
    },
    signIn: { breakGlass: { groupId: GROUPS.emergency, reason: "tenant recovery" } },
  };
}

/** Every argument used at once. */
export function largest(): SecureJumpAccessArgs {
  const { spokes } = smallest();
  return {
    ...smallest(),
    environment: "max",
    bastion: {
      sku: "Premium",
      scaleUnits: 5,
      zones: ["1", "2", "3"],
      features: { kerberos: true, fileCopy: true, copyPaste: true },
    },
    spokes: {
      ...spokes,
      data: {
        addressSpace: "10.21.0.0/25",
        egress: { kind: "nextHop", address: "10.10.0.132" },
        allowInbound: {
          sql: { from: ["10.40.0.0/16"], ports: [1433, "5000-5010"], reason: "reporting servers" },
        },
        vms: {
          sql: {
            os: "windows",
            name: "sql-max-01",
            size: "Standard_E4s_v5",
            zone: "2",
            osDisk: { storageAccountType: "StandardSSD_LRS", sizeGb: 256 },
            encryptionAtHost: false,
            localCredential: { password: "Held-by-somebody-1!", reason: "cluster service" },
            tags: { role: "database" },
          },
          jump: { os: "linux", managementPort: 2222 },
        },
        access: {
          administrators: {
            groups: { admins: GROUPS.admins, operators: GROUPS.operators },
            approverGroups: { approvers: GROUPS.approvers },
            activation: { maxHours: 1, ticket: true, authenticationContext: "c2" },
            eligibility: { days: 90 },
          },
        },
      },
      lab: {
        addressSpace: "10.22.0.0/26",
        egress: { kind: "none", reason: "isolated laboratory" },
        vms: { box: { os: "linux", withoutEntraLogin: { reason: "appliance" } } },
      },
    },
    signIn: {
      breakGlass: { groupId: GROUPS.emergency, reason: "tenant recovery" },
      stage: "enforced",
      acknowledgeLockout: { reason: "all members have two keys, checked 2026-11-01" },
      strength: { combinations: ["fido2", "x509CertificateMultiFactor"] },
      createMissing: ["windowsCloudLogin"],
      signInFrequency: { hours: 4 },
    },
    diagnostics: {
      workspaceId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-observability/providers/Microsoft.OperationalInsights/workspaces/log-observability`,
    },
    tags: { owner: "platform" },
  };
}
