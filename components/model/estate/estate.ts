import type { AddressRange } from "../address-range";
import type { Unread } from "../graph/resource-graph";
import type { OperatingSystem } from "../operating-system";
import type { AccessEstate } from "./access-estate";
import type { Part } from "./estate-part";
import type { Known, Reference } from "./known";

export interface VirtualNetwork extends Part {
  /** Only read by the program: there may be more in it, and more halves of peerings, than the graph shows. */
  readonly external?: boolean;
  readonly ranges: Known<readonly AddressRange[]>;
}

export interface Subnet extends Part {
  readonly name: Known<string>;
  readonly network: Reference;
  readonly ranges: Known<readonly AddressRange[]>;
  readonly securityGroup: Reference | undefined;
  readonly routeTable: Reference | undefined;
  readonly natGateway: Reference | undefined;
  /** Azure's implicit way out; left out means the default of the API version in use, which has it. */
  readonly defaultOutbound: Known<boolean>;
}

/** One half of a peering; the other is a part of its own. */
export interface Peering extends Part {
  readonly network: Reference;
  readonly remote: Reference;
  /** Puts the remote ranges into the tag VirtualNetwork of this side. */
  readonly access: Known<boolean>;
  /** Lets in what the other side forwards for somebody else. */
  readonly forwarded: Known<boolean>;
  readonly remoteGateways: Known<boolean>;
  /** What Azure said of it; absent before deployment. */
  readonly state: string | undefined;
  /** Ranges of the remote network as Azure told them; absent before deployment. */
  readonly remoteRanges: readonly AddressRange[] | undefined;
}

/** What a rule names as source or destination: any of these. */
export type Selector =
  | { readonly kind: "any" }
  | { readonly kind: "range"; readonly range: AddressRange }
  /** `tag` in lower case, `text` as it was written. */
  | { readonly kind: "tag"; readonly tag: string; readonly text: string }
  | { readonly kind: "group"; readonly group: Reference }
  | { readonly kind: "nothing" };

/** First and last port, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export const PROTOCOLS = ["Tcp", "Udp", "Icmp", "Esp", "Ah"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface SecurityRule {
  readonly name: string;
  readonly priority: Known<number>;
  readonly direction: Known<"Inbound" | "Outbound">;
  readonly access: Known<"Allow" | "Deny">;
  readonly protocols: Known<readonly Protocol[]>;
  readonly sources: Known<readonly Selector[]>;
  readonly sourcePorts: Known<readonly PortRange[]>;
  readonly destinations: Known<readonly Selector[]>;
  readonly destinationPorts: Known<readonly PortRange[]>;
}

export interface SecurityGroup extends Part {
  /** Own rules, inline and standalone; Azure's defaults come on top. */
  readonly rules: Known<readonly SecurityRule[]>;
}

export const NEXT_HOPS = [
  "VirtualAppliance",
  "VirtualNetworkGateway",
  "VnetLocal",
  "Internet",
  "None",
] as const;
export type NextHop = (typeof NEXT_HOPS)[number];

export interface Route {
  readonly name: string;
  /** Undefined where it names a service tag. */
  readonly range: Known<AddressRange | undefined>;
  readonly nextHop: Known<NextHop>;
  readonly address: Known<string | undefined>;
}

export interface RouteTable extends Part {
  readonly routes: Known<readonly Route[]>;
}

export interface IpConfiguration {
  readonly subnet: Reference | undefined;
  /** The address, where it is fixed or has been given; undefined where Azure chooses. */
  readonly address: Known<number | undefined>;
  readonly publicAddress: Reference | undefined;
  readonly applicationGroups: Known<readonly Reference[]>;
  readonly backendPools: Known<readonly Reference[]>;
  readonly natRules: Known<readonly Reference[]>;
}

export interface NetworkInterface extends Part {
  readonly configurations: Known<readonly IpConfiguration[]>;
  readonly securityGroup: Reference | undefined;
  readonly forwarding: Known<boolean>;
}

/** A way of a load balancer from a frontend port to a backend port. */
export interface LoadBalancerRule extends Part {
  readonly frontendIsPublic: Known<boolean>;
  readonly protocols: Known<readonly Protocol[]>;
  readonly frontendPorts: Known<PortRange>;
  readonly backendPorts: Known<PortRange>;
  /** Backend pool that it feeds; undefined for a NAT rule that an interface names itself. */
  readonly pool: Reference | undefined;
}

export interface LoadBalancer extends Part {
  readonly rules: readonly LoadBalancerRule[];
  /** Backend pools with outbound rules, a way out. */
  readonly outboundPools: readonly Reference[];
}

export interface BastionHost extends Part {
  readonly sku: Known<string>;
  readonly subnet: Reference | undefined;
  readonly privateOnly: Known<boolean>;
}

export interface VirtualMachine extends Part {
  readonly os: Known<OperatingSystem>;
  readonly interfaces: Known<readonly Reference[]>;
  /** Ports on which Bastion signs in. */
  readonly signInPorts: readonly number[];
  readonly credentials: readonly LocalCredential[];
}

/** A way to sign in to the local account of a VM. */
export interface LocalCredential {
  readonly kind: "password" | "sshKey";
  /** Who can hold it: nobody, somebody that the program named, or the graph cannot tell. */
  readonly held: "nobody" | "somebody" | "unknown";
  readonly because: string;
}

export interface LoginExtension extends Part {
  readonly machine: Reference;
}

/** Everything about a Pulumi program that the theorems are decided over. */
export interface Estate extends AccessEstate {
  readonly networks: readonly VirtualNetwork[];
  readonly subnets: readonly Subnet[];
  readonly peerings: readonly Peering[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly applicationGroups: readonly Part[];
  readonly routeTables: readonly RouteTable[];
  readonly interfaces: readonly NetworkInterface[];
  readonly publicAddresses: readonly Part[];
  readonly natGateways: readonly Part[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Virtual network gateways, by the network that they stand in. */
  readonly gateways: readonly (Part & { readonly network: Reference })[];
  /** Azure Firewalls and interfaces that forward: who may pass on traffic of others. */
  readonly bastionHosts: readonly BastionHost[];
  readonly machines: readonly VirtualMachine[];
  readonly loginExtensions: readonly LoginExtension[];
  readonly unread: readonly Unread[];
}
