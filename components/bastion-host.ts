import * as monitor from "@pulumi/azure-native/monitor";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { downgradeHooks } from "./bastion-downgrade";
import { componentOptions } from "./component-options";
import { InvalidArgsError } from "./invalid-args-error";
import {
  type BastionFeatures,
  type BastionSku,
  checkBastionHost,
  resolveFeatures,
} from "./model/bastion-sku";
import { resourceName } from "./model/resource-names";

/** Arguments of `BastionHost`. */
export interface BastionHostArgs {
  /** Resource group of the host. Azure wants that of the network. */
  resourceGroupName: pulumi.Input<string>;
  /** Azure region of the network. */
  location: string;
  /** Resource id of `AzureBastionSubnet`. Every SKU but Developer needs it. */
  subnetId?: pulumi.Input<string>;
  /** Resource id of the network, for SKU Developer, which has no subnet of its own. */
  virtualNetworkId?: pulumi.Input<string>;
  /** What physical names are made of: `bas-<baseName>`. @default the component's name */
  baseName?: string;
  /**
   * Tier of the host. Azure upgrades one in place and downgrades none: a downgrade is stopped at
   * preview, with the line `pulumi up --replace <urn>` that does it.
   * @default `Standard`, the lowest tier whose native client carries Entra ID sign-in for SSH and RDP
   * Source: https://learn.microsoft.com/azure/bastion/bastion-sku-comparison
   */
  sku?: BastionSku;
  /**
   * Instances, 2 to 50; each carries 20 RDP or 40 SSH sessions. Azure changes it in place.
   * @default 2, the least, and what Azure takes itself
   */
  scaleUnits?: number;
  /**
   * Availability zones of the host and its address. Cannot be changed: a change replaces both.
   * @default none: not every region has zones for Bastion
   */
  zones?: string[];
  /** What the host can do. @default native client on, every side door shut */
  features?: BastionFeatures;
  /**
   * Ranges from which the Developer SKU is reached. @default everywhere
   * Source: https://learn.microsoft.com/cli/azure/network/bastion
   */
  networkAcls?: string[];
  /** Where the audit log goes. @default nowhere */
  diagnostics?: {
    /** Resource id of a Log Analytics workspace. */
    workspaceId: pulumi.Input<string>;
  };
  /** Tags of every resource that takes tags. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Azure takes ten to over thirty minutes to make a host; a shorter limit would leave it orphaned. */
const TIMEOUTS = { create: "120m", update: "120m", delete: "120m" };

/**
 * The only way in: an Azure Bastion host with a static public address (none when private-only), the
 * native client on and every side door shut.
 *
 * Said honestly: the switches for clipboard and file copy bind browser sessions. A tunnel or the native
 * client carries `scp` and RDP's clipboard for whoever may sign in.
 *
 * Cost: the host is billed by the hour from its creation, used or not.
 */
export class BastionHost extends pulumi.ComponentResource {
  public readonly host: network.BastionHost;
  /** The address that clients reach on 443; none for a private-only or Developer host. */
  public readonly publicAddress: network.PublicIPAddress | undefined;
  public readonly diagnosticSetting: monitor.DiagnosticSetting | undefined;
  public readonly hostId: pulumi.Output<string>;
  public readonly hostName: pulumi.Output<string>;
  public readonly sku: BastionSku;
  /** Every feature decided. */
  public readonly features: Readonly<Required<BastionFeatures>>;

  public constructor(name: string, args: BastionHostArgs, opts?: pulumi.ComponentResourceOptions) {
    const { resourceGroupName, location, baseName = name, sku = "Standard", zones, tags } = args;
    const { scaleUnits, features: asked, networkAcls } = args;
    InvalidArgsError.throwIfAny(
      `BastionHost "${name}"`,
      checkBastionHost({
        sku,
        features: asked,
        scaleUnits,
        zones,
        networkAcls,
        baseName,
        hasSubnet: args.subnetId !== undefined,
        hasVirtualNetwork: args.virtualNetworkId !== undefined,
      }),
    );
    super("secure-jump-access:index:BastionHost", name, {}, componentOptions(opts));
    const parent = { parent: this };
    this.sku = sku;
    this.features = resolveFeatures({ sku, features: asked });
    const { features } = this;
    const developer = sku === "Developer";

    this.publicAddress =
      developer || features.privateOnly
        ? undefined
        : new network.PublicIPAddress(
            `${name}-address`,
            {
              resourceGroupName,
              publicIpAddressName: resourceName("publicAddress", baseName, "bastion"),
              location,
              // Bastion takes a Standard static IPv4 address and no other.
              sku: { name: "Standard", tier: "Regional" },
              publicIPAllocationMethod: "Static",
              publicIPAddressVersion: "IPv4",
              zones,
              tags,
            },
            { ...parent, replaceOnChanges: ["zones"], deleteBeforeReplace: true },
          );

    this.host = new network.BastionHost(
      `${name}-host`,
      {
        resourceGroupName,
        bastionHostName: resourceName("bastionHost", baseName),
        location,
        sku: { name: sku },
        ...(developer
          ? {
              virtualNetwork:
                args.virtualNetworkId === undefined ? undefined : { id: args.virtualNetworkId },
              networkAcls:
                networkAcls === undefined
                  ? undefined
                  : { ipRules: networkAcls.map((addressPrefix) => ({ addressPrefix })) },
            }
          : {
              ipConfigurations: [
                {
                  name: "bastion",
                  subnet: { id: args.subnetId ?? "" },
                  publicIPAddress:
                    this.publicAddress === undefined ? undefined : { id: this.publicAddress.id },
                  privateIPAllocationMethod: "Dynamic",
                },
              ],
              scaleUnits: scaleUnits ?? 2,
              zones,
            }),
        enableTunneling: features.nativeClient,
        enableIpConnect: features.ipConnect,
        enableShareableLink: features.shareableLink,
        enableFileCopy: features.fileCopy,
        disableCopyPaste: !features.copyPaste,
        enableKerberos: features.kerberos,
        enableSessionRecording: features.sessionRecording,
        enablePrivateOnlyBastion: features.privateOnly,
        tags,
      },
      {
        ...parent,
        // What Azure cannot change on a host. One host fits in a subnet, so the old one goes first.
        replaceOnChanges: [
          "ipConfigurations",
          "virtualNetwork",
          "zones",
          "enablePrivateOnlyBastion",
        ],
        deleteBeforeReplace: true,
        customTimeouts: TIMEOUTS,
        hooks: downgradeHooks(name, resourceName("bastionHost", baseName)),
      },
    );

    this.diagnosticSetting =
      args.diagnostics === undefined
        ? undefined
        : new monitor.DiagnosticSetting(
            `${name}-audit`,
            {
              name: "bastion-audit",
              resourceUri: this.host.id,
              workspaceId: args.diagnostics.workspaceId,
              // https://learn.microsoft.com/azure/bastion/monitor-bastion-reference
              logs: [{ category: "BastionAuditLogs", enabled: true }],
            },
            // No deletedWith: the setting outlives its resource and would collide when it comes back.
            { ...parent, deleteBeforeReplace: true },
          );

    this.hostId = this.host.id;
    this.hostName = this.host.name;
    this.registerOutputs({
      hostId: this.hostId,
      hostName: this.hostName,
      publicAddress: this.publicAddress?.ipAddress,
      sku: this.sku,
      features: this.features,
    });
  }
}
