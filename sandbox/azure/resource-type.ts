import type { DurationKey } from "./durations";
import type { JsonObject } from "./json";
import type { AzureRefusal } from "./refusal";
import type { ResourceId } from "./resource-id";
import type { AzureRequest, AzureResponse, Simulation } from "./simulation";
import type { StoredResource } from "./store";

/** A PUT or PATCH that reached a resource type: its scope and parent exist, no lock forbids it. */
export interface Write {
  readonly simulation: Simulation;
  readonly id: ResourceId;
  readonly apiVersion: string;
  /** The body; for a PATCH already merged into the resource by the type's `patch`. */
  readonly body: JsonObject;
  /** The resource as it stands, or undefined where this write makes it. */
  readonly existing: StoredResource | undefined;
  /** The parent resource, or undefined where it hangs on a scope that is no stored resource. */
  readonly parent: StoredResource | undefined;
}

/** A resource that has been written, or is about to be removed. */
export interface Held {
  readonly simulation: Simulation;
  readonly resource: StoredResource;
}

/** What a type's `put` gives back: the body, and what the store must remember without showing. */
export interface Written {
  readonly body: JsonObject;
  readonly hidden?: JsonObject;
}

/**
 * One resource type of Azure: what it accepts, what it fills in, what it refuses. All functions are synchronous, so
 * that no other request comes between. They refuse by throwing an {@link AzureRefusal}.
 */
export interface ResourceType {
  /** Azure's own spelling: `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** Versions that Microsoft's SDKs and azure-native send for it. Another one is refused. */
  readonly apiVersions: readonly string[];
  /** Where a top-level type stands. A child type (three or more words) always stands under its parent. */
  readonly placement: "resourceGroup" | "subscription" | "anyScope";
  /** Whether a PUT must carry `location`, which no later PUT may change. */
  readonly located: boolean;
  /** Operations that Azure answers before they are done, with the key of their duration. */
  readonly longRunning?: {
    readonly put?: DurationKey;
    /** Where a write to what exists takes another time than its creation. */
    readonly update?: DurationKey;
    readonly delete?: DurationKey;
  };
  /** Whether bodies carry `etag`. */
  readonly etag?: boolean;
  /** Checks the body and returns the whole resource: `properties`, `sku`, `identity`, `zones`, `tags`, ... */
  readonly put: (write: Write) => Written;
  /** Merges a PATCH into the resource; without it, only `tags` can be patched. */
  readonly patch?: (write: Write, request: JsonObject) => JsonObject;
  /** Consequences elsewhere, once the resource is stored (inline children, the other half of a peering). */
  readonly written?: (held: Held, request: JsonObject) => void;
  /** The end of a long-running write. Throwing makes the accepted operation fail. */
  readonly completed?: (held: Held) => void;
  /** Refuses a deletion that Azure would refuse. */
  readonly checkDelete?: (held: Held) => void;
  /** Consequences elsewhere, once the resource is gone. What stands beneath it is gone already. */
  readonly deleted?: (held: Held) => void;
  /** What a GET shows beyond the stored body (subnets of a network, configurations of a subnet). */
  readonly read?: (held: Held) => JsonObject;
  /** POST `{id}/{action}`; names in lower case. */
  readonly actions?: Readonly<Record<string, (held: Held, request: AzureRequest) => AzureResponse>>;
  /** The resources that an operation on this one keeps others from writing; itself where absent. */
  readonly holds?: (id: ResourceId) => readonly string[];
  /** The refusal of a write while another one holds; AnotherOperationInProgress where absent. */
  readonly busy?: (id: ResourceId, holder: string) => AzureRefusal;
  /** Whether a PUT and a DELETE are refused altogether (Azure makes these itself). */
  readonly readOnly?: boolean;
}
