import type { CheckFailure } from "../plugin/provider";
import type { Values } from "../plugin/values";
import type { Schema } from "./attribute";
import type { Graph } from "./graph";

/** A resource type of azuread 6.9.1 as its Terraform provider 3.8.0 carries it out. */
export interface EntraResource {
  readonly schema: Schema;
  /** Default time limits in seconds, as the Terraform provider sets them. */
  readonly limits: { readonly create: number; readonly update: number; readonly delete: number };
  /** Rules between arguments. */
  check?(inputs: Values): CheckFailure[];
  /** Makes the object and answers its id, which is a path (`/groups/{guid}`). */
  create(graph: Graph, plan: Values): Promise<string>;
  /** The state as Graph has it; undefined where the object is gone. */
  read(graph: Graph, id: string, state: Values): Promise<Values | undefined>;
  update(graph: Graph, id: string, plan: Values, state: Values): Promise<void>;
  delete(graph: Graph, id: string, state: Values): Promise<void>;
}
