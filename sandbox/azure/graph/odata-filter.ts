import { AzureRefusal } from "../refusal";
import { at, type JsonObject } from "../json";

/** One condition of an OData `$filter`; the conditions of a filter are joined by `and`. */
export type FilterTerm =
  | { readonly kind: "equals"; readonly property: string; readonly value: string | boolean }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly string[] };

function refusal(text: string): AzureRefusal {
  return new AzureRefusal(
    400,
    "Request_UnsupportedQuery",
    `Unsupported or invalid query filter clause: '${text}'. The simulated Azure reads 'property eq value' and functions such as startswith(property,'text') and atScope(), joined by 'and'.`,
  );
}

const literal = "'(?:[^']|'')*'";
const equals = new RegExp(`^([A-Za-z/.]+) eq (${literal}|true|false|[0-9a-fA-F-]{36})$`);
const call = new RegExp(
  `^([A-Za-z]+)\\(((?:[A-Za-z]+|${literal})?(?:,\\s*(?:[A-Za-z]+|${literal}))*)\\)$`,
);

function unquote(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replace(/''/g, "'") : text;
}

function termOf(text: string): FilterTerm {
  const comparison = equals.exec(text);
  if (comparison !== null) {
    const [, property = "", value = ""] = comparison;
    return {
      kind: "equals",
      property,
      value: value === "true" ? true : value === "false" ? false : unquote(value),
    };
  }
  const invocation = call.exec(text);
  if (invocation === null) throw refusal(text);
  const [, name = "", list = ""] = invocation;
  const items = list.match(new RegExp(`${literal}|[A-Za-z]+`, "g")) ?? [];
  return { kind: "call", name, arguments: items.map(unquote) };
}

/**
 * Reads a `$filter`; without one there is no condition.
 * @throws AzureRefusal 400 Request_UnsupportedQuery
 */
export function parseFilter(text: string | null): FilterTerm[] {
  if (text === null || text.trim() === "") return [];
  const parts = text.match(new RegExp(`(?:${literal}|(?! and )[^])+`, "g")) ?? [];
  return parts.map((part, index) =>
    termOf((index === 0 ? part : part.replace(/^and /, "")).trim()),
  );
}

/** Whether an object meets a condition on its own properties; text is compared without regard to case. */
export function meets(body: JsonObject, term: FilterTerm): boolean {
  if (term.kind === "equals") {
    const value = at(body, term.property.replace(/\//g, "."));
    return typeof value === "string" && typeof term.value === "string"
      ? value.toLowerCase() === term.value.toLowerCase()
      : value === term.value;
  }
  const [property = "", text = ""] = term.arguments;
  if (term.name.toLowerCase() !== "startswith") throw refusal(`${term.name}()`);
  const value = at(body, property);
  return typeof value === "string" && value.toLowerCase().startsWith(text.toLowerCase());
}

/** The value that a filter asks a property to equal, or undefined. */
export function askedFor(terms: readonly FilterTerm[], property: string): string | undefined {
  const found = terms.find(
    (term) => term.kind === "equals" && term.property.toLowerCase() === property.toLowerCase(),
  );
  return found?.kind === "equals" && typeof found.value === "string" ? found.value : undefined;
}

/** Whether a filter calls a function, such as `atScope()`. */
export function calls(terms: readonly FilterTerm[], name: string): boolean {
  return terms.some(
    (term) => term.kind === "call" && term.name.toLowerCase() === name.toLowerCase(),
  );
}

/** The first argument of a function that a filter calls, such as the id in `assignedTo('id')`. */
export function argumentOf(terms: readonly FilterTerm[], name: string): string | undefined {
  const found = terms.find(
    (term) => term.kind === "call" && term.name.toLowerCase() === name.toLowerCase(),
  );
  return found?.kind === "call" ? found.arguments[0] : undefined;
}
