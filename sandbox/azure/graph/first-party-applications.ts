/** An application of Microsoft's that a tenant can have a service principal of. */
export interface FirstPartyApplication {
  readonly appId: string;
  readonly displayName: string;
}

/**
 * Microsoft's applications that the simulated Entra ID knows. A tenant may lack their service principals; whoever
 * creates one names the app id and nothing else.
 *
 * Sources: https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows and
 * .../howto-vm-sign-in-azure-ad-linux (virtual machine sign-in), https://learn.microsoft.com/azure/virtual-desktop/configure-single-sign-on
 * (Microsoft Remote Desktop, Windows Cloud Login), https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
 * (the others).
 */
export const firstPartyApplications: readonly FirstPartyApplication[] = [
  {
    appId: "372140e0-b3b7-4226-8ef9-d57986796201",
    displayName: "Microsoft Azure Windows Virtual Machine Sign-in",
  },
  {
    appId: "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
    displayName: "Microsoft Azure Linux Virtual Machine Sign-In",
  },
  {
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    displayName: "Windows Azure Service Management API",
  },
  { appId: "a4a365df-50f1-4397-bc59-1a1564b8bb9c", displayName: "Microsoft Remote Desktop" },
  { appId: "270efc09-cd0d-444b-a71f-39af4910ec45", displayName: "Windows Cloud Login" },
  { appId: "00000003-0000-0000-c000-000000000000", displayName: "Microsoft Graph" },
];
