/** Resources that go together, and a word for them. Logical names, without the component's own before them. */
export interface Group {
  readonly label: string;
  readonly names: readonly string[];
}

const group = (label: string, ...names: readonly string[]): Group => ({ label, names });

export const HUB_GROUP = group("the hub's resource group", "hub-group");
export const HUB_RULES = group("the hub's security group", "hub-bastion-nsg");
export const HUB_NETWORK = group("the hub's network", "hub-network");
export const BASTION_SUBNET = group("AzureBastionSubnet", "hub-bastion-subnet");
export const ADDRESS = group("the host's public address", "bastion-address");
export const HOST = group("the Bastion host", "bastion-host");
export const AUDIT = group("its diagnostic setting", "bastion-audit");
export const READERS = group(
  "the Reader roles on the host",
  "bastion-reader-admins",
  "bastion-reader-operators",
);

export const SPOKE_GROUP = group("the spoke's resource group", "app-group");
export const SPOKE_RULES = group("the spoke's security group", "app-nsg");
export const SPOKE_NETWORK = group("the spoke's network", "app-network");
export const SPOKE_SUBNET = group("the spoke's subnet", "app-subnet");
export const NAT = group("the NAT gateway and its address", "app-nat", "app-nat-address");
export const ROUTES = group("the route table", "app-routes");
export const TO_HUB = group("the spoke's half of the peering", "app-to-hub");
export const PEERING = group("both halves of the peering", "app-to-hub", "app-from-hub");

export const interfaceOf = (vm: string): Group => group("its network interface", `app-${vm}-nic`);
export const machine = (vm: string): Group => group("the VM", `app-${vm}-vm`);
export const loginOf = (vm: string): Group =>
  group("its login extension", `app-${vm}-login-extension`);
export const MACHINES = group(
  "every VM of the spoke with its network interface and login extension",
  ...["web", "db"].flatMap((vm) => [`app-${vm}-nic`, `app-${vm}-vm`, `app-${vm}-login-extension`]),
);

export const SIGN_IN_POLICY = group("the Conditional Access policy", "sign-in-policy");
export const APPROVERS_POLICY = group("the approvers' policy", "sign-in-approvers");
export const STRENGTH = group("the authentication strength", "sign-in-strength");

/** Eligibility for a role at a spoke, by the name of its component: `app-dev-westeurope`. */
export const rolePolicy = (scope: string, role: string): Group =>
  group("the role's management policy", `${scope}-${role}-policy`);
export const eligibility = (scope: string, role: string, key: string): Group =>
  group("the group's eligibility", `${scope}-${role}-${key}`);
export const eligibilities = (scope: string): Group =>
  group(
    "every eligibility and management policy",
    `${scope}-users-operators`,
    `${scope}-users-policy`,
    `${scope}-administrators-admins`,
    `${scope}-administrators-policy`,
  );
export const readerOf = (key: string): Group =>
  group("its Reader role on the host", `bastion-reader-${key}`);

export const other = group;
