import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "./clock";
import type { JsonValue } from "./json";
import type { TypeRegistry } from "./registry";
import type { Store } from "./store";
import type { TenantDirectory } from "./tenant-directory";

/** What every module of the simulated Azure is given. */
export interface Simulation {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenant: TenantDirectory;
  readonly types: TypeRegistry;
  /** Address of the endpoint, such as `http://127.0.0.1:40123`; empty where none listens (`azure set`, `azure get`). */
  readonly url: string;
}

/** A request, its body already read as JSON. */
export interface AzureRequest {
  /** Upper case. */
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonValue | undefined;
  /** Where it came from, if not over HTTP: a person who changes the simulated Azure behind everybody's back. */
  readonly origin?: "azure set";
}

export interface AzureResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  /** The long-running operation that began, for the journal. */
  readonly operation?: string;
}

/**
 * Answers the requests that are no plain PUT, PATCH, GET, LIST or DELETE of a resource type: role definitions, role
 * management policies by filter, Graph. Answers undefined for a path that is not its own.
 */
export type Route = (request: AzureRequest, simulation: Simulation) => AzureResponse | undefined;
