import type * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { BastionHost } from "./bastion-host";
import { grantBastionReader } from "./bastion-reader";
import { CaPolicy } from "./ca-policy";
import { checkedGroups } from "./checked-groups";
import { componentOptions } from "./component-options";
import { EntraLoginExtension } from "./entra-login-extension";
import { HubNetwork } from "./hub-network";
import { InvalidArgsError } from "./invalid-args-error";
import type { NamedGroup } from "./model/access-groups";
import type { Claim } from "./model/claims/claim";
import { guaranteeLevels } from "./model/claims/guarantee-level";
import { checkWaivers } from "./model/claims/waiver";
import { type ConnectCommands, connectCommands } from "./model/connect-command";
import {
  accessOf,
  checkEnvironment,
  customPortsOf,
  environmentBase,
  environmentGroups,
  groupsByName,
  operatingSystemsOf,
  spokeNaming,
  withIds,
} from "./model/environment-check";
import { at } from "./model/issue";
import { READER_ROLE_ID, roleDefinitionId } from "./model/login-roles";
import { SIGN_IN_PORT } from "./model/management-ports";
import { provePlan } from "./model/plan/prove-plan";
import { ACTIVATION_LINK, PimEligibility } from "./pim-eligibility";
import type { SecureJumpAccessArgs } from "./secure-jump-access-args";
import { SpokeWorkload } from "./spoke-workload";

/**
 * One environment of secure jump access: hub with Bastion, spokes with VMs, Entra ID sign-in,
 * Conditional Access and PIM, wired so that the whole is closed at every moment.
 *
 * Order is part of the promise. The Conditional Access policies come first and go last; nobody becomes
 * eligible before the spoke's network is closed, and on destroy eligibility goes first. A deployment
 * that stops half-way leaves a state in which nobody can sign in.
 *
 * Throws `InvalidArgsError` with every problem of the whole argument tree before anything is registered.
 */
export class SecureJumpAccess extends pulumi.ComponentResource {
  /** The Conditional Access policies. */
  public readonly signIn: CaPolicy;
  /** The hub network. */
  public readonly hub: HubNetwork;
  /** The Bastion host. */
  public readonly bastion: BastionHost;
  /** Spokes by name. */
  public readonly spokes: Readonly<Record<string, SpokeWorkload>>;
  /** Login extensions by `spoke/vm`; VMs that go without one are absent. */
  public readonly logins: Readonly<Record<string, EntraLoginExtension>>;
  /** Eligibilities by spoke. */
  public readonly eligibilities: Readonly<Record<string, PimEligibility>>;
  /** The standing Reader roles on the Bastion host, by group name. */
  public readonly readers: Readonly<Record<string, authorization.RoleAssignment>>;
  /** Name of the Bastion host. */
  public readonly bastionHostName: pulumi.Output<string>;
  /** Resource ids of the VMs by `spoke/vm`. */
  public readonly virtualMachines: pulumi.Output<Record<string, string>>;
  /** How to connect, by `spoke/vm`: lines to paste, after activation. */
  public readonly connect: pulumi.Output<Record<string, ConnectCommands>>;
  /** Where a person activates their login role. */
  public readonly activationLink: string;
  /** Ways into VMs past Entra ID and PIM that the arguments opened, each with its reason. */
  public readonly waysRound: readonly string[];
  /**
   * What is proved of the environment by its arguments alone, before anything is registered: one claim for
   * each guarantee and each thing that it is about. docs/claims.md defines them.
   */
  public readonly claims: readonly Claim[];
  /** How far each guarantee is reached, in a line each: `I3: sign-in demands ...: report-only, not enforced`. */
  public readonly guarantees: Readonly<Record<string, string>>;

  public constructor(
    name: string,
    args: SecureJumpAccessArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const subject = `SecureJumpAccess "${name}"`;
    InvalidArgsError.throwIfAny(subject, [
      ...checkEnvironment(name, args),
      ...checkWaivers(args.waivers ?? {}, "waivers"),
    ]);
    // Only what is in order can be proved; what it refutes is refused like any other problem.
    const today = new Date().toISOString().slice(0, 10);
    const proof = provePlan(name, args, args.waivers ?? {}, today);
    InvalidArgsError.throwIfAny(subject, proof.issues);
    super("secure-jump-access:index:SecureJumpAccess", name, {}, componentOptions(opts));
    const { location, environment, subscriptionId, tags } = args;
    const base = environmentBase(name, environment);
    const spokeEntries = Object.entries(args.spokes);

    // Every id passes through here: two groups that must differ and do not stop policy and eligibility.
    const groups = environmentGroups<pulumi.Input<string>>(args);
    const id = checkedGroups(subject, groups);
    const ofUse = (use: NamedGroup<unknown>["use"]): Record<string, pulumi.Output<string>> =>
      Object.fromEntries(
        [...groupsByName(groups.filter((group) => group.use === use))].map(([key, { path }]) => [
          key,
          id(path),
        ]),
      );
    const accessGroups = ofUse("access");

    this.signIn = new CaPolicy(
      `${name}-sign-in`,
      {
        displayName: `${base} secure jump access`,
        accessGroups,
        approverGroups: ofUse("approver"),
        operatingSystems: operatingSystemsOf(args.spokes),
        ...args.signIn,
        breakGlass:
          args.signIn?.breakGlass === undefined
            ? undefined
            : { ...args.signIn.breakGlass, groupId: id("signIn.breakGlass.groupId") },
      },
      { parent: this },
    );

    // The policy stands before anything that it guards, and falls after it.
    const guarded = { parent: this, dependsOn: [this.signIn] };
    this.hub = new HubNetwork(
      `${name}-hub`,
      {
        location,
        addressSpace: args.hub.addressSpace,
        baseName: `${base}-hub`,
        customPorts: customPortsOf(args.spokes),
        tags,
      },
      guarded,
    );

    const spokes: Record<string, SpokeWorkload> = {};
    const hubPeerings: pulumi.Resource[] = [this.hub.bastionSubnet];
    for (const [key, { addressSpace, vms, egress, allowInbound }] of spokeEntries) {
      const naming = spokeNaming(name, key, args);
      const spoke = new SpokeWorkload(
        `${name}-${key}`,
        {
          location,
          addressSpace,
          vms,
          egress,
          allowInbound,
          hub: this.hub,
          bastionSubnetRange: this.hub.bastionSubnetRange,
          baseName: naming.baseName,
          key,
          uniqueness: [...naming.uniqueness],
          after: hubPeerings.slice(-1),
          tags,
        },
        guarded,
      );
      hubPeerings.push(spoke.hubToSpoke);
      spokes[key] = spoke;
    }
    this.spokes = spokes;

    this.bastion = new BastionHost(
      `${name}-bastion`,
      {
        resourceGroupName: this.hub.resourceGroupName,
        location,
        subnetId: this.hub.bastionSubnetId,
        baseName: base,
        ...args.bastion,
        diagnostics: args.diagnostics,
        tags,
      },
      // After the peerings: they write to the same network, and Azure takes one write at a time.
      { parent: this, dependsOn: hubPeerings },
    );
    this.readers = grantBastionReader(
      name,
      {
        hostId: this.bastion.hostId,
        subscriptionId,
        roleDefinitionId: roleDefinitionId(subscriptionId, READER_ROLE_ID),
        groups: accessGroups,
        baseName: base,
      },
      { parent: this },
    );

    const logins: Record<string, EntraLoginExtension> = {};
    const eligibilities: Record<string, PimEligibility> = {};
    for (const [key, args_] of spokeEntries) {
      const spoke = spokes[key];
      if (spoke === undefined) continue;
      for (const [vm, machine] of Object.entries(spoke.machines)) {
        if (args_.vms[vm]?.withoutEntraLogin !== undefined) continue;
        logins[`${key}/${vm}`] = new EntraLoginExtension(
          `${name}-${key}-${vm}-login`,
          {
            virtualMachine: machine.virtualMachine,
            resourceGroupName: spoke.resourceGroupName,
            location,
            os: machine.os,
            image: machine.image,
            egress: args_.egress?.kind,
            tags,
          },
          { parent: this },
        );
      }
      const own = args_.access === undefined ? "access" : at("spokes", key, "access");
      eligibilities[key] = new PimEligibility(
        // The scope's identity is part of the name: the policy name that was found for it once stays.
        `${name}-${key}-${environment}-${location}`,
        {
          scope: spoke.scope,
          subscriptionId,
          ...withIds(accessOf(args_, args), own, id),
          resourceManagerEndpoint: args.resourceManagerEndpoint,
        },
        // Everything that has to stand before somebody may come in, and that they leave before it falls.
        {
          parent: this,
          dependsOn: [
            this.signIn,
            this.hub,
            this.bastion,
            spoke,
            ...Object.keys(spoke.machines).flatMap((vm) => logins[`${key}/${vm}`] ?? []),
          ],
        },
      );
    }
    this.logins = logins;
    this.eligibilities = eligibilities;

    this.bastionHostName = this.bastion.hostName;
    const machines = spokeEntries.flatMap(([key]) =>
      Object.entries(spokes[key]?.machines ?? {}).map(([vm, machine]) => ({
        key: `${key}/${vm}`,
        machine,
      })),
    );
    this.virtualMachines = pulumi
      .all(machines.map(({ machine }) => machine.vmId))
      .apply((ids) =>
        Object.fromEntries(machines.map(({ key }, index) => [key, ids[index] ?? ""])),
      );
    this.connect = pulumi
      .all([this.virtualMachines, this.bastion.hostName, this.hub.resourceGroupName])
      .apply(([ids, hostName, hostResourceGroupName]) =>
        Object.fromEntries(
          machines.map(({ key, machine }) => [
            key,
            connectCommands({
              os: machine.os,
              hostName,
              hostResourceGroupName,
              vmId: ids[key] ?? "",
              port:
                machine.signInPort === SIGN_IN_PORT[machine.os] ? undefined : machine.signInPort,
              nativeClient: this.bastion.features.nativeClient,
            }),
          ]),
        ),
      );
    this.activationLink = ACTIVATION_LINK;
    this.waysRound = machines.flatMap(({ key, machine }) =>
      machine.waysRound.map((way) => `${key.split("/")[0] ?? ""}/${way}`),
    );
    this.claims = proof.claims;
    this.guarantees = guaranteeLevels(proof.claims);
    this.registerOutputs({
      bastionHostName: this.bastionHostName,
      virtualMachines: this.virtualMachines,
      connect: this.connect,
      activationLink: this.activationLink,
      waysRound: this.waysRound,
      guarantees: this.guarantees,
    });
  }
}
