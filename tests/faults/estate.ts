import { canonical, type JsonValue } from "../../sandbox/azure/json";
import type { Store } from "../../sandbox/azure/store";
import type { StateResource } from "../support/engine";
import { nameOf } from "./operations";

/** What the simulated Azure holds, or what the engine's state does, one line each, in order. */
export type Lines = readonly string[];

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The GUIDs in a value: those that stand before a deployment, or in its program, are no accident. */
export function guidsIn(value: unknown): string[] {
  return (JSON.stringify(value).match(GUID) ?? []).map((guid) => guid.toLowerCase());
}

/** What Azure, a provider or the program draws at random, or reads off a clock, gives way to a word. */
function masked(text: string, known: ReadonlySet<string>): string {
  return text
    .replace(GUID, (guid) => (known.has(guid.toLowerCase()) ? guid.toLowerCase() : "(guid)"))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g, "(time)")
    .replace(/ssh-ed25519 [A-Za-z0-9+/=]+/g, "(key)")
    .replace(/("privateIPAddress":)"[\d.]+"/g, "$1(address)");
}

/** A log of what PIM was asked, which Azure forgets by itself. */
const LOG = "microsoft.authorization/roleeligibilityschedulerequests";

/** The simulated Azure without what differs from one undisturbed run to the next. */
export function estateOf(store: Store, known: ReadonlySet<string>): Lines {
  return store
    .all()
    .filter(({ type }) => type.toLowerCase() !== LOG)
    .map(({ id, body }) => `${id.toLowerCase()} ${canonical(body as JsonValue)}`)
    .map((line) => masked(line, known))
    .sort();
}

/** The engine's state: each resource with its id, and what has not come to its end. */
export function stateOf(resources: readonly StateResource[], known: ReadonlySet<string>): Lines {
  return resources
    .map(({ urn, type, id = "", initErrors = [] }) => {
      // The id of a schedule is the engine's name with eight random digits.
      const shown = type.endsWith(":PimRoleEligibilitySchedule")
        ? id.replace(new RegExp(`${nameOf(urn)}[0-9a-f]{8}$`), "(id)")
        : id;
      return masked(`${urn} ${shown} ${initErrors.join()}`, known);
    })
    .filter((line) => !line.includes("::pulumi:providers:"))
    .sort();
}

/** Lines of one that the other has not, counted: a second copy is a difference. */
export function difference(wanted: Lines, found: Lines): { more: string[]; gone: string[] } {
  const without = (lines: Lines, others: Lines): string[] => {
    const left = [...others];
    return lines.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { more: without(found, wanted), gone: without(wanted, found) };
}
