import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import { stableGuid } from "./stable-guid";

/** What the standing Reader role on the Bastion host is made of. */
export interface BastionReaderArgs {
  /** Resource id of the Bastion host. */
  hostId: pulumi.Input<string>;
  /** Subscription of the host (GUID). */
  subscriptionId: string;
  /** Full id of the role definition Reader, in the subscription form. */
  roleDefinitionId: string;
  /** Groups by name, each with its object id. */
  groups: Readonly<Record<string, pulumi.Input<string>>>;
  /** What makes the assignments' names unique: the host's own name. */
  baseName: string;
}

/**
 * Reader on the Bastion host for each access group: the only standing role of the whole. Without it
 * `az network bastion` does not find the host; it opens no session, because that takes the login role.
 * Reads of the VM, its NIC and its network come with the activated login role.
 * Source: https://learn.microsoft.com/azure/bastion/bastion-entra-id-authentication
 *
 * The name of an assignment is a GUID made from the host and the group's name, so that a run that died
 * half-way finds its own assignment again instead of being refused with RoleAssignmentExists.
 */
export function grantBastionReader(
  name: string,
  args: BastionReaderArgs,
  opts: pulumi.CustomResourceOptions,
): Record<string, authorization.RoleAssignment> {
  return Object.fromEntries(
    Object.entries(args.groups)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, principalId]) => [
        key,
        new authorization.RoleAssignment(
          `${name}-bastion-reader-${key}`,
          {
            scope: args.hostId,
            roleAssignmentName: stableGuid(args.subscriptionId, args.baseName, "reader", key),
            roleDefinitionId: args.roleDefinitionId,
            principalId,
            // Said explicitly: the SDK sends "User" otherwise, and Azure refuses a group under it.
            principalType: authorization.PrincipalType.Group,
            description: "Finds the Bastion host for az network bastion; grants no sign-in",
          },
          {
            ...opts,
            replaceOnChanges: ["roleDefinitionId", "principalType"],
            deleteBeforeReplace: true,
          },
        ),
      ]),
  );
}
