/** A device object of Entra ID, made when a Windows VM joins. */
export interface Device {
  readonly displayName: string;
  /** The VM that joined, or undefined for a device that the tenant file names. */
  readonly resourceId: string | undefined;
}

/** What Resource Manager's side of the simulation asks of the tenant, and tells it. */
export interface TenantDirectory {
  readonly tenantId: string;
  /** Whether the tenant has this subscription. */
  hasSubscription(subscriptionId: string): boolean;
  /** Whether a feature such as `Microsoft.Compute/EncryptionAtHost` is registered in a subscription. */
  hasFeature(subscriptionId: string, feature: string): boolean;
  /** The device with this name, whatever the case of its letters. */
  findDevice(displayName: string): Device | undefined;
  addDevice(device: Device): void;
  removeDevice(displayName: string): void;
  /** A system-assigned identity was made: Entra ID gets its service principal. */
  addManagedIdentity(identity: {
    principalId: string;
    displayName: string;
    resourceId: string;
  }): void;
  /** The identity's resource is gone, and its service principal with it. */
  removeManagedIdentity(principalId: string): void;
}
