import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SpokeWorkload, type SpokeWorkloadArgs } from "../../sdk";
import { type Recording, record } from "../support/recorder";
import { refusalOf } from "../support/refusal";

const args: SpokeWorkloadArgs = {
  location: "westeurope",
  addressSpace: "10.20.0.0/24",
  hub: {
    virtualNetworkId:
      "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub",
    virtualNetworkName: "vnet-hub",
    resourceGroupName: "rg-hub",
  },
  bastionSubnetRange: "10.10.0.0/26",
  baseName: "jump-dev-app",
  key: "app",
  vms: { web: { os: "linux" }, db: { os: "windows" } },
};

function spokeOf(
  more: Partial<SpokeWorkloadArgs> = {},
  preview = false,
): Promise<Recording<SpokeWorkload>> {
  return record(() => new SpokeWorkload("app", { ...args, ...more }), { preview });
}

interface Rule {
  name: string;
  priority: number;
  direction: string;
  access: string;
  sourceAddressPrefix?: string;
  sourceAddressPrefixes?: string[];
  destinationPortRange?: string;
  destinationPortRanges?: string[];
}

async function rulesOf(more: Partial<SpokeWorkloadArgs> = {}): Promise<Rule[]> {
  const { one } = await spokeOf(more);
  return one("NetworkSecurityGroup").inputs.securityRules as Rule[];
}

describe("SpokeWorkload", () => {
  for (const preview of [false, true]) {
    it(`makes the same resources, all its own children, in ${preview ? "a preview" : "an update"}`, async () => {
      const { registrations } = await spokeOf({}, preview);
      const custom = registrations.filter((r) => r.custom);
      expect(custom.map(({ name }) => name)).to.have.members([
        "app-group",
        "app-nsg",
        "app-nat-address",
        "app-nat",
        "app-network",
        "app-subnet",
        "app-to-hub",
        "app-from-hub",
        "app-web-nic",
        "app-web-vm",
        "app-db-nic",
        "app-db-vm",
      ]);
      expect([...new Set(custom.map(({ parent }) => parent))]).to.deep.equal(["app"]);
    });
  }

  it("lets the Bastion subnet in on the sign-in ports of the VMs that are there, and denies the rest last", async () => {
    const rules = await rulesOf();
    expect(rules.map(({ name, priority, access }) => [name, priority, access])).to.deep.equal([
      ["AllowBastionInbound", 100, "Allow"],
      ["DenyAllInbound", 4096, "Deny"],
    ]);
    expect(rules[0]).to.deep.include({
      sourceAddressPrefix: "10.10.0.0/26",
      destinationPortRanges: ["22", "3389"],
    });
  });

  it("opens no RDP where there is no Windows VM", async () => {
    const [bastion] = await rulesOf({ vms: { web: { os: "linux" } } });
    expect(bastion).to.include({ destinationPortRange: "22" });
  });

  it("opens a VM's own sign-in port to Bastion and to nobody else", async () => {
    const rules = await rulesOf({ vms: { web: { os: "linux", managementPort: 2222 } } });
    expect(rules.filter(({ access }) => access === "Allow")).to.have.length(1);
    expect(rules[0]).to.include({
      destinationPortRange: "2222",
      sourceAddressPrefix: "10.10.0.0/26",
    });
  });

  it("says as its own input which VM is signed in to on a port of its own, and on which", async () => {
    const { one } = await spokeOf({
      vms: { web: { os: "linux", managementPort: 2222 }, db: { os: "windows" } },
    });
    expect(one("SpokeWorkload").inputs).to.deep.equal({ signInPorts: { "app-web-vm": 2222 } });
    expect(one("VirtualMachine", "app-web-vm").type).to.match(/:VirtualMachine$/);
  });

  it("puts named workload traffic between Bastion and the deny, with its reason", async () => {
    const rules = await rulesOf({
      allowInbound: {
        https: { from: ["10.40.0.0/16"], ports: [443], reason: "the load balancer publishes it" },
      },
    });
    expect(rules[1]).to.deep.include({
      name: "AllowWorkload-https",
      priority: 200,
      sourceAddressPrefix: "10.40.0.0/16",
      destinationPortRange: "443",
      description: "the load balancer publishes it",
    });
  });

  it("refuses workload traffic on a management port, from anywhere, or without a reason", async () => {
    const { problems, registered } = await refusalOf(
      () =>
        new SpokeWorkload("app", {
          ...args,
          allowInbound: {
            all: { from: ["Internet"], ports: ["20-30", 5986], reason: "" },
            wide: { from: ["0.0.0.0/1", "VirtualNetwork"], ports: [443], reason: "why not" },
          },
        }),
    );
    expect(problems).to.deep.equal([
      'allowInbound.all.reason: "" says nothing; write why, for the next reader',
      'allowInbound.all.from[0]: "Internet" is no IPv4 range; write 10.0.0.0/24 or AzureLoadBalancer, other tags admit more than they say',
      'allowInbound.all.ports[0]: "20-30" opens management port 22 (SSH); leave it out, Bastion is the way in',
      "allowInbound.all.ports[1]: 5986 opens management port 5986 (WinRM over HTTPS); leave it out, Bastion is the way in",
      'allowInbound.wide.from[0]: "0.0.0.0/1" is nearly anywhere; name ranges of /8 or smaller, and put a gateway before what is public',
      'allowInbound.wide.from[1]: "VirtualNetwork" is no IPv4 range; write 10.0.0.0/24 or AzureLoadBalancer, other tags admit more than they say',
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("gives no NIC a public address", async () => {
    const { all } = await spokeOf();
    const configurations = all("NetworkInterface").flatMap(
      ({ inputs }) => inputs.ipConfigurations as object[],
    );
    expect(configurations).to.have.length(2);
    for (const configuration of configurations) {
      expect(configuration).to.not.have.property("publicIPAddress");
    }
  });

  it("switches Azure's implicit way out off and puts a NAT gateway in its place", async () => {
    const { one } = await spokeOf();
    const subnet = one("Subnet");
    expect(subnet.inputs.defaultOutboundAccess).to.equal(false);
    expect(subnet.propertyDependencies).to.deep.include({
      natGateway: ["app-nat"],
      networkSecurityGroup: ["app-nsg"],
    });
    expect(subnet.replaceOnChanges).to.include("defaultOutboundAccess");
  });

  it("gives a NAT gateway in another zone another name, so that it stands before the old one goes", async () => {
    for (const [zone, gateway, address] of [
      [undefined, "ng-jump-dev-app", "pip-jump-dev-app-nat"],
      ["2", "ng-jump-dev-app-z2", "pip-jump-dev-app-z2-nat"],
    ] as const) {
      const { one } = await spokeOf({ egress: { kind: "natGateway", zone } });
      const [nat, ip] = [one("NatGateway"), one("PublicIPAddress")];
      expect(nat.inputs.natGatewayName).to.equal(gateway);
      expect(ip.inputs.publicIpAddressName).to.equal(address);
      for (const made of [nat, ip]) expect(made.deleteBeforeReplace).to.equal(false);
    }
  });

  it("sends everything to a next hop where one is named, and takes its answers back", async () => {
    const { one, all } = await spokeOf({ egress: { kind: "nextHop", address: "10.10.0.132" } });
    expect(one("RouteTable").inputs.routes).to.deep.equal([
      {
        name: "everything",
        addressPrefix: "0.0.0.0/0",
        nextHopType: "VirtualAppliance",
        nextHopIpAddress: "10.10.0.132",
      },
    ]);
    expect(all("NatGateway")).to.deep.equal([]);
    expect(one("VirtualNetworkPeering", "app-to-hub").inputs.allowForwardedTraffic).to.equal(true);
  });

  it("refuses to leave out the way out where the login extension needs one", async () => {
    const { problems } = await refusalOf(
      () => new SpokeWorkload("app", { ...args, egress: { kind: "none", reason: "air gap" } }),
    );
    expect(problems).to.deep.equal([
      'egress.kind: "none" leaves no 443 outbound, which the login extension of web, db needs; use natGateway or nextHop, or give those VMs withoutEntraLogin with a reason',
    ]);
  });

  it("does without a way out where no VM is signed in to with Entra ID, with a reason", async () => {
    const { one, all } = await spokeOf({
      egress: { kind: "none", reason: "air gap" },
      vms: { web: { os: "linux", withoutEntraLogin: { reason: "appliance image" } } },
    });
    expect([...all("NatGateway"), ...all("RouteTable")]).to.deep.equal([]);
    expect(one("Subnet").inputs).to.not.have.any.keys("natGateway", "routeTable");
  });

  it("peers both ways, one after the other and after the subnet", async () => {
    const { one } = await spokeOf();
    const out = one("VirtualNetworkPeering", "app-to-hub");
    const back = one("VirtualNetworkPeering", "app-from-hub");
    expect(out.dependsOn).to.include("app-subnet");
    expect(back.dependsOn).to.include("app-to-hub");
    expect(back.inputs).to.include({
      resourceGroupName: "rg-hub",
      virtualNetworkName: "vnet-hub",
      virtualNetworkPeeringName: "peer-to-jump-dev-app",
      allowForwardedTraffic: false,
      useRemoteGateways: false,
    });
    for (const half of [out, back]) {
      expect(half.replaceOnChanges).to.deep.equal(["remoteVirtualNetwork"]);
      expect(half.deleteBeforeReplace).to.equal(true);
    }
  });

  it("tells the spoke's half the hub's ranges where they are known, so that one that grows is carried over", async () => {
    const addressPrefixes = ["10.10.0.0/23"];
    const { one } = await spokeOf({ hub: { ...args.hub, addressPrefixes } });
    expect(one("VirtualNetworkPeering", "app-to-hub").inputs.remoteAddressSpace).to.deep.equal({
      addressPrefixes,
    });
    const alone = await spokeOf();
    expect(alone.one("VirtualNetworkPeering", "app-to-hub").inputs).to.not.have.property(
      "remoteAddressSpace",
    );
  });

  it("starts every VM with Trusted Launch, encryption at host, a system identity and boot diagnostics", async () => {
    const { all } = await spokeOf();
    expect(all("VirtualMachine")).to.have.length(2);
    for (const { inputs } of all("VirtualMachine")) {
      expect(inputs).to.deep.include({
        identity: { type: "SystemAssigned" },
        securityProfile: {
          securityType: "TrustedLaunch",
          uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
          encryptionAtHost: true,
        },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      });
    }
  });

  it("leaves encryption at host out rather than sending false, which Azure refuses too", async () => {
    const { one } = await spokeOf({ vms: { web: { os: "linux", encryptionAtHost: false } } });
    expect(one("VirtualMachine").inputs.securityProfile).to.not.have.property("encryptionAtHost");
  });

  it("names a Windows VM as its computer, in at most 15 characters", async () => {
    const { one } = await spokeOf();
    const { inputs } = one("VirtualMachine", "app-db-vm");
    const { computerName } = inputs.osProfile as { computerName: string };
    expect(inputs.vmName).to.equal(computerName);
    expect(computerName).to.match(/^db-app-[0-9a-v]{5}$/);
  });

  it("lets nobody in on Linux by a password, and by no key that anybody holds", async () => {
    const { one } = await spokeOf();
    const vm = one("VirtualMachine", "app-web-vm");
    const { linuxConfiguration } = vm.inputs.osProfile as {
      linuxConfiguration: {
        disablePasswordAuthentication: boolean;
        ssh: { publicKeys: { keyData: string }[] };
      };
    };
    expect(linuxConfiguration.disablePasswordAuthentication).to.equal(true);
    expect(linuxConfiguration.ssh.publicKeys).to.have.length(1);
    expect(linuxConfiguration.ssh.publicKeys[0]?.keyData).to.match(
      /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43} nobody-holds-the-private-half$/,
    );
    expect(vm.ignoreChanges).to.deep.equal(["osProfile.linuxConfiguration.ssh"]);
    expect(JSON.stringify(vm.raw)).to.not.match(/PRIVATE KEY/);
  });

  it("generates another key and another password for each VM and run, and keeps the first", async () => {
    const secretOf = async (): Promise<[unknown, unknown]> => {
      const { one } = await spokeOf();
      return [
        one("VirtualMachine", "app-web-vm").inputs.osProfile,
        one("VirtualMachine", "app-db-vm").inputs.osProfile,
      ];
    };
    const [firstLinux, firstWindows] = await secretOf();
    const [secondLinux, secondWindows] = await secretOf();
    expect(firstLinux).to.not.deep.equal(secondLinux);
    expect(firstWindows).to.not.deep.equal(secondWindows);
  });

  it("keeps the Windows password a secret, and out of every output", async () => {
    const { one, result, registrations } = await spokeOf();
    const vm = one("VirtualMachine", "app-db-vm");
    expect(vm.ignoreChanges).to.deep.equal(["osProfile.adminPassword"]);
    const { adminPassword } = vm.inputs.osProfile as { adminPassword: string };
    expect(adminPassword).to.match(/^[\w-]{32}aA1!$/);
    const wire = JSON.stringify(vm.raw);
    expect(wire).to.contain("1b47061264138c4ac30d75fd1eb44270");
    const elsewhere = registrations.filter(({ name }) => name !== "app-db-vm");
    expect(JSON.stringify(elsewhere)).to.not.contain(adminPassword);
    expect(result.machines.db?.waysRound).to.deep.equal([]);
  });

  it("shows a credential that somebody holds as a way round, and tags the VM with it", async () => {
    const key = "ssh-ed25519 AAAA held";
    const { one, result } = await spokeOf({
      vms: {
        web: {
          os: "linux",
          localCredential: { sshPublicKey: pulumi.output(key), reason: "backup agent" },
        },
      },
    });
    const vm = one("VirtualMachine");
    expect(vm.inputs.tags).to.deep.equal({
      "secure-jump-access:local-credential": "ssh-key: backup agent",
    });
    expect(result.machines.web?.waysRound).to.deep.equal([
      "web: an SSH key of the local account (backup agent)",
    ]);
    expect(vm.ignoreChanges).to.deep.equal([]);
    expect(vm.replaceOnChanges).to.include("osProfile.linuxConfiguration.ssh");
    expect(vm.replaceOnChanges.filter((path) => path.startsWith("tags"))).to.deep.equal([]);
  });

  it("marks for replacement what Azure refuses to change on a VM, and nothing that it changes", async () => {
    const { all } = await spokeOf();
    for (const vm of all("VirtualMachine")) {
      expect(vm.replaceOnChanges).to.have.members([
        "osProfile.computerName",
        "osProfile.adminUsername",
        "osProfile.linuxConfiguration.disablePasswordAuthentication",
        "storageProfile.imageReference",
        "storageProfile.osDisk.managedDisk.storageAccountType",
        "storageProfile.osDisk.diskSizeGB",
        "securityProfile.encryptionAtHost",
        "networkProfile",
        "zones",
        'tags["secure-jump-access:local-credential"]',
      ]);
      expect(vm.deleteBeforeReplace).to.equal(true);
    }
  });

  it("moves no other VM when one is added", async () => {
    const inputsOf = async (vms: SpokeWorkloadArgs["vms"]): Promise<unknown> => {
      const { one } = await spokeOf({ vms });
      const { osProfile, ...rest } = one("VirtualMachine", "app-web-vm").inputs;
      return { ...rest, computerName: (osProfile as { computerName: string }).computerName };
    };
    expect(await inputsOf({ aaa: { os: "linux" }, web: { os: "linux" } })).to.deep.equal(
      await inputsOf({ web: { os: "linux" } }),
    );
  });

  it("says everything that is wrong at once, where the caller wrote it", async () => {
    const { problems } = await refusalOf(
      () =>
        new SpokeWorkload("app", {
          ...args,
          addressSpace: "10.20.0.5/24",
          egress: { kind: "nextHop", address: "firewall" },
          vms: {
            "Web 1": { os: "linux", zone: "9" },
            old: {
              os: "windows",
              image: {
                publisher: "MicrosoftWindowsServer",
                offer: "WindowsServer",
                sku: "2019-datacenter",
              },
            },
            db: { os: "windows", name: "a-name-that-is-too-long" },
            key: {
              os: "windows",
              localCredential: { sshPublicKey: "ssh-ed25519 AAAA", reason: "legacy" },
            },
          },
        }),
    );
    expect(problems).to.deep.equal([
      'addressSpace: "10.20.0.5/24" has host bits set; write 10.20.0.0/24',
      'egress.address: "firewall" is no IPv4 address; give the appliance\'s private address',
      'vms["Web 1"]: "Web 1" becomes part of Azure names; use lower-case letters, digits and inner hyphens, at most 24, a letter first',
      'vms["Web 1"].zone: "9" is no zone; use "1", "2" or "3"',
      'vms.old.image: "MicrosoftWindowsServer WindowsServer 2019-datacenter" takes no phishing-resistant Entra ID sign-in; use Windows Server 2022, 2025, Windows 10 20H2 or later, Windows 11 21H2 or later, or withoutEntraLogin with a reason',
      'vms.db.name: "a-name-that-is-too-long" has 23 characters, a Windows computer name has at most 15; shorten it',
      "vms.key.localCredential.sshPublicKey: is not taken by a windows VM; give password, or leave localCredential out",
      "vms.key.localCredential.password: missing; leave localCredential out to have none that anybody holds",
    ]);
  });
});
