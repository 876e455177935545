import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine, InlineStack, StateResource } from "../support/engine";
import { nameOf } from "./operations";

/** What somebody knows of the resource that a saying is about, to fill the blanks of a command. */
export interface Subject {
  readonly urn: string;
  /** Its id, once an error or a list has named it. */
  id?: string;
}

/** The entries that `pulumi preview --import-file` writes. */
interface ImportFile {
  readonly resources?: { readonly name: string; readonly type: string; id: string }[];
}

/** An object of a list of Microsoft Graph. */
interface Listed {
  readonly id: string;
  readonly displayName: string;
}

/**
 * Types the commands of docs/operations.md at a stack and its simulated Azure, and does by hand what the page asks
 * for between two of them: editing a file, comparing a list with the state.
 */
export class Person {
  /** Every command typed, as the page writes it. */
  readonly typed: string[] = [];

  /**
   * @param folder where the files go that a command writes
   * @param wanted the resources of an undisturbed run: what the program asks for
   */
  constructor(
    readonly engine: Engine,
    readonly stack: InlineStack,
    readonly folder: string,
    readonly wanted: readonly StateResource[],
  ) {}

  /**
   * Types the commands of a section: one that leaves a blank, or asks Azure, once for each subject, the others once.
   * Subjects of which there turns out to be nothing to do fall away.
   * @returns how many subjects were left at the end
   */
  async follow(commands: readonly string[], subjects: readonly Subject[]): Promise<number> {
    let left = subjects;
    for (const command of commands) {
      this.typed.push(command);
      if (!command.startsWith("az rest")) {
        await this.#type(wordsOf(command), left);
        continue;
      }
      const found: Subject[] = [];
      for (const subject of left) {
        const words = wordsOf(this.#filled(command, subject));
        found.push(...((await this.#rest(words, subject)) ? [subject] : []));
      }
      left = found;
      if (left.length === 0) break;
    }
    return left.length;
  }

  #filled(command: string, subject: Subject): string {
    const { inputs = {} } = this.wanted.find(({ urn }) => urn === subject.urn) ?? {};
    const blanks: Readonly<Record<string, unknown>> = {
      "<scope>": inputs.scope,
      "<group>": inputs.principalId,
      "<role>": inputs.roleDefinitionId,
      "<new GUID>": randomUUID(),
      "<id>": subject.id?.split("/").at(-1),
    };
    return command.replace(/<[^<>]+>/g, (blank) => {
      const value = blanks[blank];
      if (typeof value === "string") return value;
      throw new Error(`${command}: nobody knows what to write for ${blank}`);
    });
  }

  async #type(words: readonly string[], subjects: readonly Subject[]): Promise<void> {
    const [program, verb = "", ...rest] = words.map((word) =>
      word.endsWith(".json") ? this.file(word) : word,
    );
    if (program === "sleep") {
      this.engine.sandbox.azure.clock.advance(Number(verb));
      return;
    }
    if (program !== "pulumi") throw new Error(`${words.join(" ")}: nobody here can type this`);
    if (verb === "refresh" || verb === "preview") {
      await this.stack[verb]({ flags: rest });
      return;
    }
    if (verb === "import") this.#edit(subjects);
    const confirmed = verb === "stack" ? [] : ["--yes"];
    const { code, stdout, stderr } = await this.stack.cli(verb, ...rest, ...confirmed);
    if (code !== 0) throw new Error(`${words.join(" ")}: ${stdout}${stderr}`);
  }

  /** Where a command leaves a file. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** Keeps of the import file what exists, each with its id. */
  #edit(subjects: readonly Subject[]): void {
    const file = this.file("import.json");
    const list = JSON.parse(readFileSync(file, "utf8")) as ImportFile;
    const ids = new Map(subjects.map(({ urn, id }) => [nameOf(urn), id]));
    const resources = (list.resources ?? []).flatMap((entry) => {
      const id = ids.get(entry.name);
      return id === undefined ? [] : [{ ...entry, id }];
    });
    if (resources.length < ids.size)
      throw new Error(
        `${file}: does not list ${[...ids.keys()].join(", ")}: ${JSON.stringify(list)}`,
      );
    writeFileSync(file, JSON.stringify({ ...list, resources }));
  }

  /** `az rest`; after a list, whether it shows an object of the subject's name that the state does not have. */
  async #rest(words: readonly string[], subject: Subject): Promise<boolean> {
    const option = (name: string): string | undefined => words[words.indexOf(name) + 1];
    const url = (option("--url") ?? "")
      .replace("https://management.azure.com", this.engine.sandbox.azure.url)
      .replace("https://graph.microsoft.com", `${this.engine.sandbox.azure.url}/graph`);
    const method = (option("--method") ?? "get").toUpperCase();
    const body = words.includes("--body") ? { body: option("--body") ?? "" } : {};
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(url, { method, headers, ...body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`az rest ${method} ${url}: ${answer.status} ${text}`);
    if (method !== "GET") return true;
    const stray = this.#stray((JSON.parse(text) as { value: Listed[] }).value, subject);
    if (stray === undefined) return false;
    subject.id = `/identity/conditionalAccess/policies/${stray.id}`;
    return true;
  }

  #stray(listed: readonly Listed[], { urn }: Subject): Listed | undefined {
    const { inputs = {} } = this.wanted.find((resource) => resource.urn === urn) ?? {};
    const known = new Set(this.stack.state().resources.map(({ id = "" }) => id.split("/").at(-1)));
    return listed.find(
      ({ id, displayName }) => displayName === inputs.displayName && !known.has(id),
    );
  }
}

/** The words of a command line, as a shell would part them; quotes only where the page uses them. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
