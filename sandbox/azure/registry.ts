import type { ResourceType } from "./resource-type";

/** The resource types that the simulated Azure plays, found by name whatever the case of its letters. */
export class TypeRegistry {
  readonly #types = new Map<string, ResourceType>();

  constructor(types: readonly ResourceType[]) {
    for (const type of types) {
      const key = type.type.toLowerCase();
      if (this.#types.has(key)) throw new Error(`resource type ${type.type} is defined twice`);
      this.#types.set(key, type);
    }
  }

  find(type: string): ResourceType | undefined {
    return this.#types.get(type.toLowerCase());
  }

  all(): ResourceType[] {
    return [...this.#types.values()];
  }

  hasNamespace(namespace: string): boolean {
    const prefix = `${namespace.toLowerCase()}/`;
    return [...this.#types.keys()].some((key) => key.startsWith(prefix));
  }
}
