import { textOf, type Values } from "../plugin/values";

// Path templates of the REST specifications, as azure-native uses them: PrepareAzureRESTIdAndQuery in
// provider/pkg/provider/crud/crud.go, AutoName and ParseResourceID in provider/pkg/resources.

/** Parameters that hold a path of their own and are not encoded (`x-ms-skip-url-encoding`). */
const paths: ReadonlySet<string> = new Set([
  "scope",
  "resourceUri",
  "parentResourcePath",
  "resourceType",
]);

/** The names in braces, in order, without the subscription, which the provider supplies. */
export function parametersOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? "")
    .filter((name) => name !== "subscriptionId");
}

/** The id that inputs name. A parameter that is missing stays in braces, as azure-native leaves it. */
export function fillTemplate(template: string, inputs: Values, subscriptionId: string): string {
  const id = template.replace(/\{(\w+)\}/g, (braces, name: string) => {
    if (name === "subscriptionId") return subscriptionId;
    const value = textOf(inputs[name]);
    if (value === undefined) return braces;
    return paths.has(name) ? value.replace(/^\/+|\/+$/g, "") : encodeURIComponent(value);
  });
  return id.replace(/\/{2,}/g, "/");
}

/**
 * The parameters that an id holds.
 * @throws Error where the id is not one of the template.
 */
export function readTemplate(template: string, id: string): Record<string, string> {
  const pattern = template
    .replace(/[.]/g, "\\.")
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      paths.has(name) ? `(?<${name}>.*?)` : `(?<${name}>[^/]+)`,
    );
  const groups = new RegExp(`^${pattern}$`, "i").exec(id)?.groups;
  if (groups === undefined) throw new Error(`'${id}' does not have the form of '${template}'`);
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [
      name,
      paths.has(name) ? (value.startsWith("/") ? value : `/${value}`) : decodeURIComponent(value),
    ]),
  );
}

/** How the last parameter of a path gets its value where the program gives none. */
export type AutonameKind = "random" | "copy" | "uuid";

/** The parameter that is named by the provider, and how: a random suffix at the top, a copy beneath another resource. */
export function autonameOf(template: string): { name: string; kind: AutonameKind } | undefined {
  const name = /\{(\w+)\}$/.exec(template)?.[1];
  if (name === undefined) return undefined;
  if (name === "roleAssignmentName" || name === "roleDefinitionId") return { name, kind: "uuid" };
  const parts = template.toLowerCase().split("microsoft.");
  const own = parts[parts.length - 1] ?? "";
  const top = parts.length === 1 || (own.match(/\{/g) ?? []).length === 1;
  return { name, kind: top ? "random" : "copy" };
}
