import { Hidden } from "../graph/resource-graph";
import { isKnown, type Known, Unknown } from "./known";
import type { PropertyReader } from "./property-reader";

/** Conditions that are read elsewhere: who, and what is signed in to. */
const ASSIGNMENTS = ["users", "applications"];
const CLIENTS = "clientAppTypes";
/** Clients that can do what a VM's sign-in asks for; the others are protocols of mail. */
const MODERN_CLIENTS = ["browser", "mobileappsanddesktopclients"];

/** A condition that holds for some sign-ins only, wherever it says something. */
const NARROWING: Readonly<Record<string, string>> = {
  devices: "devices",
  clientApplications: "workload identities",
  userRiskLevels: "user risk",
  signInRiskLevels: "sign-in risk",
  servicePrincipalRiskLevels: "risk of service principals",
  insiderRiskLevels: "insider risk",
  authenticationFlowTransferMethods: "authentication flows",
};

/**
 * What of a policy's conditions lets some sign-ins pass by, in words; what is not known might.
 * Source: https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset
 */
export function narrowings(conditions: PropertyReader): Known<string>[] {
  const found: (Known<string> | undefined)[] = [
    clients(conditions),
    allBut(conditions, "platforms", "includedPlatforms", "excludedPlatforms"),
    allBut(conditions, "locations", "includedLocations", "excludedLocations"),
    ...Object.entries(NARROWING).map(([key, words]) => narrowing(conditions, key, words)),
    ...conditions
      .others(...ASSIGNMENTS, CLIENTS, "platforms", "locations", ...Object.keys(NARROWING))
      .map((key) => conditions.odd(key, "is a condition that is not understood")),
  ];
  return found.filter((condition) => condition !== undefined);
}

function clients(conditions: PropertyReader): Known<string> | undefined {
  const texts = conditions.texts(CLIENTS);
  if (!isKnown(texts)) return texts;
  const named = texts.flatMap((text) => (isKnown(text) ? [text.toLowerCase()] : []));
  if (named.includes("all")) return undefined;
  const open = texts.find((text) => text instanceof Unknown);
  if (open !== undefined) return open;
  return MODERN_CLIENTS.every((client) => named.includes(client))
    ? new Unknown("it leaves out some client types")
    : `client types (${named.join(", ")})`;
}

/** Platforms and locations: a policy for all of them, with none excluded, narrows nothing. */
function allBut(
  conditions: PropertyReader,
  key: string,
  included: string,
  excluded: string,
): Known<string> | undefined {
  const condition = conditions.object(key);
  if (condition === undefined || !isKnown(condition)) return condition;
  const inside = condition.texts(included);
  const outside = condition.texts(excluded);
  if (!isKnown(inside)) return inside;
  if (!isKnown(outside)) return outside;
  if (inside.length + outside.length === 0) return undefined;
  const all = inside.some((text) => isKnown(text) && text.toLowerCase() === "all");
  if (outside.length > 0) return `${key} that are excluded`;
  return all ? undefined : (inside.find((text) => text instanceof Unknown) ?? key);
}

function narrowing(
  conditions: PropertyReader,
  key: string,
  words: string,
): Known<string> | undefined {
  if (!conditions.others().includes(key)) return undefined;
  return conditions.value(key) instanceof Hidden
    ? new Unknown(`it is not known whether ${words} narrow it`)
    : words;
}
