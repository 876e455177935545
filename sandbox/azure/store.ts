import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Effect, JournalEntry } from "./journal";
import type { JsonObject } from "./json";
import { canonical, copy, isObject } from "./json";
import { keyOf } from "./resource-id";

/** A resource of Resource Manager, or an object of Graph (`/graph/servicePrincipals/{id}`), as it is kept. */
export interface StoredResource {
  /** Identifier in the letters of the request that made it. */
  readonly id: string;
  /** Azure's own spelling of the type, such as `Microsoft.Network/virtualNetworks`. */
  readonly type: string;
  readonly name: string;
  /** What a GET answers, apart from what the type computes when it is read. */
  readonly body: JsonObject;
  /** Time on the simulated clock when it was first made, ISO 8601. */
  readonly createdAt: string;
  /** What the simulation must remember and never shows. */
  readonly hidden?: JsonObject;
}

/** A long-running operation that has begun; kept so that a poll after a restart finds it. */
export interface StoredOperation {
  readonly id: string;
  readonly kind: "put" | "delete" | "action";
  /** Key of {@link durations}. */
  readonly duration: string;
  readonly resource: string;
  readonly type: string;
  readonly location: string;
  /** Milliseconds since 1970 on the simulated clock. */
  readonly begins: number;
  readonly ends: number;
  /** Keys of the resources that nothing else may write meanwhile. */
  readonly holds: readonly string[];
  readonly status: "InProgress" | "Succeeded" | "Failed";
  readonly error?: JsonObject;
  /** Whether a fault plan made it slow, so that asking does not end it. */
  readonly slow?: boolean;
  /** The failure that a fault plan ordered for its end. */
  readonly ordered?: JsonObject;
}

interface Contents {
  format: 1;
  /** Milliseconds since 1970 on the simulated clock when the file was written. */
  clock: number | undefined;
  sequence: number;
  resources: Record<string, StoredResource>;
  operations: Record<string, StoredOperation>;
  journal: JournalEntry[];
}

export type JournalLine = Omit<JournalEntry, "sequence" | "time" | "effects">;

const operationsKept = 500;

function read(file: string): Contents {
  const empty: Contents = {
    format: 1,
    clock: undefined,
    sequence: 0,
    resources: {},
    operations: {},
    journal: [],
  };
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return empty;
    throw error;
  }
  try {
    const found: unknown = JSON.parse(text);
    if (isObject(found) && found.format === 1) return found as unknown as Contents;
  } catch {
    // Falls through to the same advice as a file of another format.
  }
  throw new Error(
    `${file}: not a store of this simulated Azure; run "npm run -s sandbox -- azure reset" to start anew`,
  );
}

/**
 * What the simulated Azure holds, in one JSON file apart from Pulumi's state, so that refresh and drift are real. The
 * file is replaced whole (written beside, then renamed), and survives between runs. One process owns it at a time.
 */
export class Store {
  readonly #contents: Contents;
  #effects: Effect[] = [];
  #timer: NodeJS.Immediate | undefined;
  /** Where the simulated clock stands, for the journal and for the file. */
  now: () => Date = () => new Date();

  constructor(readonly file: string) {
    this.#contents = read(file);
  }

  /** Where the virtual clock stood when the file was last written, in milliseconds since 1970. */
  get lastClock(): number | undefined {
    return this.#contents.clock;
  }

  get(id: string): StoredResource | undefined {
    return this.#contents.resources[keyOf(id)];
  }

  /** Everything stored, in the order of its making. */
  all(): StoredResource[] {
    return Object.values(this.#contents.resources);
  }

  /** All resources of a type, whatever the letters' case. */
  ofType(type: string): StoredResource[] {
    const wanted = type.toLowerCase();
    return this.all().filter((resource) => resource.type.toLowerCase() === wanted);
  }

  /** All resources strictly beneath an identifier. */
  beneath(id: string): StoredResource[] {
    const prefix = `${keyOf(id)}/`;
    return Object.entries(this.#contents.resources)
      .filter(([key]) => key.startsWith(prefix))
      .map(([, resource]) => resource);
  }

  /** All resources of a type beneath an identifier (itself excluded). */
  childrenOf(id: string, type: string): StoredResource[] {
    const wanted = type.toLowerCase();
    return this.beneath(id).filter((resource) => resource.type.toLowerCase() === wanted);
  }

  /** Writes a resource, new or not; a write that changes nothing leaves no effect in the journal. */
  put(resource: Omit<StoredResource, "createdAt"> & { createdAt?: string }): StoredResource {
    const key = keyOf(resource.id);
    const before = this.#contents.resources[key];
    const kept: StoredResource = {
      ...resource,
      body: copy(resource.body),
      createdAt: before?.createdAt ?? resource.createdAt ?? this.now().toISOString(),
    };
    this.#contents.resources[key] = kept;
    if (before === undefined || canonical(before.body) !== canonical(kept.body)) {
      const change = before === undefined ? "created" : "updated";
      this.#effects.push({ change, id: kept.id, body: copy(kept.body) });
    }
    this.#save();
    return kept;
  }

  /** Removes a resource; nothing happens where there is none. */
  delete(id: string): void {
    const key = keyOf(id);
    const before = this.#contents.resources[key];
    if (before === undefined) return;
    this.#contents.resources = Object.fromEntries(
      Object.entries(this.#contents.resources).filter(([other]) => other !== key),
    );
    this.#effects.push({ change: "deleted", id: before.id });
    this.#save();
  }

  operation(id: string): StoredOperation | undefined {
    return this.#contents.operations[id.toLowerCase()];
  }

  operations(): StoredOperation[] {
    return Object.values(this.#contents.operations);
  }

  putOperation(operation: StoredOperation): void {
    const { operations } = this.#contents;
    operations[operation.id.toLowerCase()] = operation;
    const ended = Object.entries(operations).filter(([, other]) => other.status !== "InProgress");
    if (ended.length > operationsKept) {
      const old = new Set(ended.slice(0, ended.length - operationsKept).map(([key]) => key));
      this.#contents.operations = Object.fromEntries(
        Object.entries(operations).filter(([key]) => !old.has(key)),
      );
    }
    this.#save();
  }

  /** Every entry of the journal, oldest first. */
  journal(): readonly JournalEntry[] {
    return this.#contents.journal;
  }

  /** Number of the last entry of the journal; the next one is one more. */
  get sequence(): number {
    return this.#contents.sequence;
  }

  /** Writes one line of the journal, with all effects since the line before. */
  record(line: JournalLine): JournalEntry {
    this.#contents.sequence += 1;
    const entry: JournalEntry = {
      sequence: this.#contents.sequence,
      time: this.now().toISOString(),
      ...line,
      effects: this.#effects,
    };
    this.#effects = [];
    this.#contents.journal.push(entry);
    this.#save();
    return entry;
  }

  /** Empties the store: resources, operations, journal and clock. */
  reset(): void {
    Object.assign(this.#contents, {
      clock: undefined,
      sequence: 0,
      resources: {},
      operations: {},
      journal: [],
    });
    this.#effects = [];
    this.flush();
  }

  /** Writes the file now. A store that was never changed writes none. */
  flush(): void {
    if (this.#timer !== undefined) clearImmediate(this.#timer);
    this.#timer = undefined;
    this.#contents.clock = this.now().getTime();
    const beside = `${this.file}.${process.pid}.new`;
    mkdirSync(dirname(this.file), { recursive: true });
    try {
      writeFileSync(beside, JSON.stringify(this.#contents), { mode: 0o600 });
      renameSync(beside, this.file);
    } finally {
      rmSync(beside, { force: true });
    }
  }

  /** Writes the file once the present burst of changes is over: requests come in dozens. */
  #save(): void {
    this.#timer ??= setImmediate(() => {
      this.flush();
    });
  }
}
