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

/** The file: keys are identifiers in lower case. */
interface Contents {
  readonly format: 1;
  /** Milliseconds since 1970 on the simulated clock when the file was written. */
  readonly clock: number | undefined;
  readonly resources: Readonly<Record<string, StoredResource>>;
  readonly operations: Readonly<Record<string, StoredOperation>>;
  readonly journal: readonly JournalEntry[];
}

export type JournalLine = Omit<JournalEntry, "sequence" | "time" | "effects">;

const operationsKept = 500;

function read(file: string): Contents {
  const empty: Contents = {
    format: 1,
    clock: undefined,
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
  #resources: Map<string, StoredResource>;
  /** Keys of the resources of each type (in lower case), in the order of their making. */
  #ofType = new Map<string, Set<string>>();
  #operations: Map<string, StoredOperation>;
  #journal: JournalEntry[];
  #effects: Effect[] = [];
  /** How to take back what the open transaction changed, in the order of the changes. */
  #undo: (() => void)[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastWrite = 0;
  /** Where the virtual clock stood when the file was last written, in milliseconds since 1970. */
  readonly lastClock: number | undefined;
  /** Where the simulated clock stands, for the journal and for the file. */
  now: () => Date = () => new Date();

  /** @throws Error where the file is no store of this simulated Azure */
  constructor(readonly file: string) {
    const contents = read(file);
    this.lastClock = contents.clock;
    this.#resources = new Map();
    for (const [key, resource] of Object.entries(contents.resources)) this.#set(key, resource);
    this.#operations = new Map(Object.entries(contents.operations));
    this.#journal = [...contents.journal];
  }

  get(id: string): StoredResource | undefined {
    return this.#resources.get(keyOf(id));
  }

  /** Everything stored, in the order of its making. */
  all(): StoredResource[] {
    return [...this.#resources.values()];
  }

  /** All resources of a type, whatever the letters' case. */
  ofType(type: string): StoredResource[] {
    const keys = this.#ofType.get(type.toLowerCase()) ?? new Set<string>();
    return [...keys].flatMap((key) => this.#resources.get(key) ?? []);
  }

  #set(key: string, resource: StoredResource): void {
    const type = resource.type.toLowerCase();
    this.#resources.set(key, resource);
    const keys = this.#ofType.get(type);
    if (keys === undefined) this.#ofType.set(type, new Set([key]));
    else keys.add(key);
  }

  #unset(key: string): void {
    const resource = this.#resources.get(key);
    this.#resources.delete(key);
    if (resource !== undefined) this.#ofType.get(resource.type.toLowerCase())?.delete(key);
  }

  /** All resources strictly beneath an identifier. */
  beneath(id: string): StoredResource[] {
    const prefix = `${keyOf(id)}/`;
    return [...this.#resources]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, resource]) => resource);
  }

  /** All resources of a type beneath an identifier (itself excluded). */
  childrenOf(id: string, type: string): StoredResource[] {
    const prefix = `${keyOf(id)}/`;
    const keys = this.#ofType.get(type.toLowerCase()) ?? new Set<string>();
    return [...keys].flatMap((key) =>
      key.startsWith(prefix) ? (this.#resources.get(key) ?? []) : [],
    );
  }

  /** Writes a resource, new or not; a write that changes nothing leaves no effect in the journal. */
  put(resource: Omit<StoredResource, "createdAt"> & { createdAt?: string }): StoredResource {
    const key = keyOf(resource.id);
    const before = this.#resources.get(key);
    const kept: StoredResource = {
      ...resource,
      body: copy(resource.body),
      createdAt: before?.createdAt ?? resource.createdAt ?? this.now().toISOString(),
    };
    this.#restorable(key, before);
    this.#set(key, kept);
    if (before === undefined || canonical(before.body) !== canonical(kept.body)) {
      const change = before === undefined ? "created" : "updated";
      this.#effects.push({ change, id: kept.id, body: kept.body });
    }
    this.#save();
    return kept;
  }

  /** Removes a resource; nothing happens where there is none. */
  delete(id: string): void {
    const key = keyOf(id);
    const before = this.#resources.get(key);
    if (before === undefined) return;
    this.#restorable(key, before);
    this.#unset(key);
    this.#effects.push({ change: "deleted", id: before.id });
    this.#save();
  }

  /**
   * Runs a synchronous function whose changes to resources and operations either all stay or, where it throws, are all
   * taken back. Transactions do not nest.
   */
  transaction<T>(run: () => T): T {
    if (this.#undo !== undefined) throw new Error("a transaction of the store is open already");
    const undo: (() => void)[] = [];
    const effects = this.#effects.length;
    this.#undo = undo;
    try {
      return run();
    } catch (error) {
      for (const step of undo.reverse()) step();
      this.#effects.length = effects;
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  #restorable(key: string, before: StoredResource | undefined): void {
    this.#undo?.push(() => {
      if (before === undefined) this.#unset(key);
      else this.#set(key, before);
    });
  }

  operation(id: string): StoredOperation | undefined {
    return this.#operations.get(id.toLowerCase());
  }

  operations(): StoredOperation[] {
    return [...this.#operations.values()];
  }

  putOperation(operation: StoredOperation): void {
    const key = operation.id.toLowerCase();
    const before = this.#operations.get(key);
    this.#undo?.push(() => {
      if (before === undefined) this.#operations.delete(key);
      else this.#operations.set(key, before);
    });
    this.#operations.set(key, operation);
    if (this.#operations.size > operationsKept) {
      const ended = [...this.#operations].find(([, other]) => other.status !== "InProgress");
      if (ended !== undefined) this.#operations.delete(ended[0]);
    }
    this.#save();
  }

  /** Every entry of the journal, oldest first. */
  journal(): readonly JournalEntry[] {
    return this.#journal;
  }

  /** Number of the last entry of the journal; the next one is one more. */
  get sequence(): number {
    return this.#journal.length;
  }

  /** Writes one line of the journal, with all effects since the line before. */
  record(line: JournalLine): JournalEntry {
    const entry: JournalEntry = {
      sequence: this.#journal.length + 1,
      time: this.now().toISOString(),
      ...line,
      effects: this.#effects,
    };
    this.#effects = [];
    this.#journal.push(entry);
    this.#save();
    return entry;
  }

  /** Empties the store: resources, operations and journal. */
  reset(): void {
    this.#resources = new Map();
    this.#ofType = new Map();
    this.#operations = new Map();
    this.#journal = [];
    this.#effects = [];
    this.flush();
  }

  /** Writes the file now. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const contents: Contents = {
      format: 1,
      clock: this.now().getTime(),
      resources: Object.fromEntries(this.#resources),
      operations: Object.fromEntries(this.#operations),
      journal: this.#journal,
    };
    const beside = `${this.file}.${process.pid}.new`;
    const start = Date.now();
    mkdirSync(dirname(this.file), { recursive: true });
    try {
      writeFileSync(beside, JSON.stringify(contents), { mode: 0o600 });
      renameSync(beside, this.file);
    } finally {
      rmSync(beside, { force: true });
    }
    this.#lastWrite = Date.now() - start;
  }

  /**
   * Writes the file once the present burst of changes is over: requests come in dozens. A large store, which takes long
   * to write, is written seldom enough to cost a tenth of the time at most.
   */
  #save(): void {
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, this.#lastWrite * 10);
  }
}
