import { parseArmId } from "../graph/arm-types";
import type { Part } from "./estate-part";
import { isKnown, type Known } from "./known";

/** Where a role applies. Everything below inherits it. */
export type Scope =
  | { readonly kind: "root" }
  | { readonly kind: "managementGroup"; readonly name: string }
  | { readonly kind: "subscription"; readonly subscription: string }
  | PathScope;

/** A resource group or a resource, as `Part.path` writes it. */
export interface PathScope {
  readonly kind: "below";
  readonly path: string;
  /** Undefined before deployment. */
  readonly subscription: string | undefined;
  /** The id is not known yet: it is taken to be that of the resource that it comes from. */
  readonly derived: boolean;
}

const MANAGEMENT_GROUP = /^\/providers\/microsoft\.management\/managementgroups\/(?<name>[^/]+)$/;
const SUBSCRIPTION = /^\/subscriptions\/(?<subscription>[^/]+)$/;

/** Reads a scope in any letter case; undefined for what is none. */
export function parseScope(text: string): Scope | undefined {
  const written = `/${text.trim().toLowerCase()}`.replace(/^\/+/, "/").replace(/\/+$/, "");
  if (written === "") return { kind: "root" };
  const name = MANAGEMENT_GROUP.exec(written)?.groups?.name;
  if (name !== undefined) return { kind: "managementGroup", name };
  const subscription = SUBSCRIPTION.exec(written)?.groups?.subscription;
  if (subscription !== undefined) return { kind: "subscription", subscription };
  const below = parseArmId(written);
  return below === undefined ? undefined : { kind: "below", ...below, derived: false };
}

/** What a scope can hold: a part, or another scope below a subscription. */
export type Place = Pick<Part, "path" | "subscription">;

/**
 * Whether what is assigned at a scope holds at a place. The root and a management group are taken to be
 * above every subscription; two subscriptions are the same unless both are known and differ.
 */
export function holds(scope: Scope, place: Place): Known<boolean> {
  if (scope.kind === "root" || scope.kind === "managementGroup") return true;
  if (!mayBeSame(scope.subscription, place.subscription)) return false;
  if (scope.kind === "subscription") return true;
  if (!isKnown(place.path)) return place.path;
  return place.path === scope.path || place.path.startsWith(`${scope.path}/`);
}

/** Whether two scopes are one and the same. */
export function isSameScope(one: Scope, other: Scope): boolean {
  switch (one.kind) {
    case "root":
      return other.kind === "root";
    case "managementGroup":
      return other.kind === "managementGroup" && one.name === other.name;
    case "subscription":
      return other.kind === "subscription" && one.subscription === other.subscription;
    case "below":
      return (
        other.kind === "below" &&
        one.path === other.path &&
        mayBeSame(one.subscription, other.subscription)
      );
  }
}

/** How deep a scope lies: the deeper is the nearer to what it holds. */
export function depthOf(scope: Scope): number {
  const level = { root: 0, managementGroup: 1, subscription: 2, below: 3 }[scope.kind];
  return scope.kind === "below" ? level + scope.path.length : level;
}

/** A scope as people write it. */
export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case "root":
      return "/";
    case "managementGroup":
      return `management group ${scope.name}`;
    case "subscription":
      return `subscription ${scope.subscription}`;
    case "below":
      return scope.path;
  }
}

function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
