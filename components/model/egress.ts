import { parseAddress } from "./address-range";
import { at, type Issue, shown } from "./issue";
import { checkZone } from "./zones";

/** How the VMs of a spoke reach the outside. Azure's implicit way out is switched off in any case. */
export type Egress =
  | {
      /** A NAT gateway with a static address of its own: outbound only. */
      kind: "natGateway";
      /**
       * Availability zone of the gateway and its address. A gateway lives in one zone or in none in
       * particular; Azure cannot move it, so a change replaces it.
       * @default none in particular
       */
      zone?: string;
    }
  | {
      /** Everything goes to a firewall or appliance at this address, which has to let 443 out. */
      kind: "nextHop";
      /** IPv4 address of the appliance, in the hub or a network peered with the spoke. */
      address: string;
    }
  | {
      /** No way out. The login extension cannot be installed then. */
      kind: "none";
      /** Why, for the reader of an audit. */
      reason: string;
    };

export function checkEgress(egress: Egress, path: string): Issue[] {
  switch (egress.kind) {
    case "natGateway":
      return egress.zone === undefined ? [] : checkZone(egress.zone, at(path, "zone"));
    case "nextHop":
      return parseAddress(egress.address) === undefined
        ? [
            {
              path: at(path, "address"),
              problem: `${shown(egress.address)} is no IPv4 address; give the appliance's private address`,
            },
          ]
        : [];
    case "none":
      return checkReason(egress.reason, at(path, "reason"));
    default:
      return [
        {
          path: at(path, "kind"),
          problem: `${shown((egress as { kind: unknown }).kind)} is no kind of egress; use natGateway, nextHop or none`,
        },
      ];
  }
}

/** A written reason is what makes an exception reviewable: an empty one is none. */
export function checkReason(reason: unknown, path: string): Issue[] {
  return typeof reason === "string" && reason.trim().length >= 3
    ? []
    : [{ path, problem: `${shown(reason)} says nothing; write why, for the next reader` }];
}
