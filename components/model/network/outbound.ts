import type { Subnet } from "../estate/estate";
import { EVERY_ADDRESS } from "../packets/address-cells";
import { type Guard, Guards } from "../packets/guards";
import type { IntervalSet } from "../packets/interval-set";
import type { Attachment, Attachments } from "./attachments";
import type { Topology } from "./topology";

/** What leaves an attachment, or a subnet whose hosts are not in the graph. */
export class Outbound {
  readonly #guards = new Map<string, Guards>();

  public constructor(
    private readonly topology: Topology,
    private readonly attachments: Attachments,
  ) {}

  /** Guards of a VM's address: its interface's group first, then its subnet's. */
  public guards(attachment: Attachment): Guards {
    const { subnet, networkInterface, groups, addresses } = attachment;
    const own = this.topology.securityGroup(networkInterface.securityGroup);
    return this.#make(subnet, addresses, groups, [own]);
  }

  /** Guards of a subnet alone, such as Bastion's, whose instances Azure keeps to itself. */
  public guardsOfSubnet(subnet: Subnet, local: IntervalSet): Guards {
    return this.#make(subnet, local, [], []);
  }

  #make(
    subnet: Subnet,
    local: IntervalSet,
    groups: readonly string[] | undefined,
    before: readonly Guard[],
  ): Guards {
    const names = before.map((guard) =>
      guard === undefined ? null : "key" in guard ? guard.key : guard.why,
    );
    const key = JSON.stringify([subnet.key, local, groups ?? null, names]);
    const there = this.#guards.get(key);
    if (there !== undefined) return there;
    const guards = new Guards(
      [...before, this.topology.securityGroup(subnet.securityGroup)],
      "Outbound",
      {
        local: local.length === 0 ? EVERY_ADDRESS : local,
        localGroups: groups,
        meaning: this.topology.tagMeaning(subnet),
        members: this.attachments.members,
      },
    );
    this.#guards.set(key, guards);
    return guards;
  }
}
