import { AzureError, isNotFound } from "../plugin/azure-error";
import { currentOperation } from "../plugin/operation";
import { RestClient, type RestRequest } from "../plugin/rest-client";
import { isValues, textOf, type Value, type Values } from "../plugin/values";
import { azureAdRetries } from "./retries";

/** The simulated Microsoft Graph, as the provider talks to it. */
export class Graph {
  readonly rest: RestClient;

  constructor(url: string) {
    this.rest = new RestClient(url, azureAdRetries);
  }

  /** @param doing the provider's own words for what failed, such as `Could not create conditional access policy`. */
  async send(
    doing: string,
    method: RestRequest["method"],
    path: string,
    body?: Values,
    query?: RestRequest["query"],
  ): Promise<Values> {
    try {
      return await this.rest.send({
        method,
        path: `/graph/v1.0${path}`,
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query }),
      });
    } catch (error) {
      throw failed(doing, error);
    }
  }

  /** The object at a path, or undefined where there is none. */
  async find(doing: string, path: string): Promise<Values | undefined> {
    try {
      return await this.rest.send({ method: "GET", path: `/graph/v1.0${path}` });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw failed(doing, error);
    }
  }

  /** The objects of a list that meet an OData filter. */
  async list(doing: string, path: string, filter?: string): Promise<Values[]> {
    const page = await this.send(
      doing,
      "GET",
      path,
      undefined,
      filter === undefined ? {} : { $filter: filter },
    );
    return Array.isArray(page.value) ? page.value.filter(isValues) : [];
  }

  /** Creates an object and answers its id. */
  async create(doing: string, path: string, body: Values): Promise<string> {
    const made = await this.send(doing, "POST", path, body);
    const id = textOf(made.id);
    if (id === undefined) throw new Error(`${doing}: the answer has no object id`);
    return id;
  }

  /** Asks every two simulated seconds until an object is to be seen, or is gone: Graph's copies lag behind. */
  async waitFor(
    doing: string,
    path: string,
    what: "there" | "gone",
    ready: (object: Values) => boolean = () => true,
  ): Promise<void> {
    for (;;) {
      const object = await this.find(doing, path);
      const done = what === "gone" ? object === undefined : object !== undefined && ready(object);
      if (done) return;
      await currentOperation().wait(2);
    }
  }

  /** Removes an object and waits until it is gone; one that is gone already is no error. */
  async remove(doing: string, path: string): Promise<void> {
    try {
      await this.rest.send({ method: "DELETE", path: `/graph/v1.0${path}` });
    } catch (error) {
      if (isNotFound(error)) return;
      throw failed(doing, error);
    }
    await this.waitFor(doing, path, "gone");
  }
}

function failed(doing: string, error: unknown): Error {
  if (error instanceof AzureError) {
    const code = error.code === "" ? "" : `${error.code}: `;
    return new Error(
      `${doing}: unexpected status ${error.status} with error: ${code}${error.text}`,
      { cause: error },
    );
  }
  return new Error(`${doing}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

/** The texts of a list; an empty list where there is none. */
export function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The object, or an empty one. */
export function objectOf(value: Value | undefined): Values {
  return isValues(value) ? value : {};
}

/** The object id at the end of an id such as `/groups/{guid}`. */
export function objectIdOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
