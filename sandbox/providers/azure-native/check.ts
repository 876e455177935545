import { seededHex, seededUuid } from "../plugin/autoname";
import type { CheckAnswer, CheckFailure, CheckRequest } from "../plugin/provider";
import { textOf, unknown, type Values } from "../plugin/values";
import type { Azure } from "./azure";
import { unsentInputs } from "./eligibility-schedule";
import { problemsOf } from "./problems";
import type { ResourceEntry } from "./resource-table";
import { autonameOf, parametersOf, type AutonameKind } from "./template";

/** Marks inputs whose name was drawn at random: such a resource is replaced by making the new one first. */
export const createBeforeDelete = "__createBeforeDelete";

interface DefaultName {
  readonly value: string;
  readonly random: boolean;
}

function defaultName(
  request: CheckRequest,
  key: string,
  kind: AutonameKind,
): DefaultName | undefined {
  const old = textOf(request.olds[key]);
  if (old !== undefined) return { value: old, random: request.olds[createBeforeDelete] === true };
  const { autonaming, name, randomSeed } = request;
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming !== undefined && (autonaming.mode === "enforce" || kind !== "uuid")) {
    return { value: autonaming.proposedName, random: true };
  }
  switch (kind) {
    case "random":
      return { value: `${name}${seededHex(randomSeed, 8)}`, random: true };
    case "uuid":
      return { value: seededUuid(randomSeed), random: true };
    case "copy":
      return { value: name, random: false };
  }
}

/** From the inputs before, the provider's configuration, or the resource group. */
async function defaultLocation(
  request: CheckRequest,
  inputs: Values,
  configured: string | undefined,
  groupLocation: (name: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const old = textOf(request.olds.location);
  if (old !== undefined) return old;
  if (configured !== undefined) return configured;
  const group = inputs.resourceGroupName;
  if (group === unknown) return unknown;
  return typeof group === "string" ? await groupLocation(group) : undefined;
}

/**
 * Completes and checks inputs as azure-native's Check does: the name, the location, required properties and their
 * kinds. Beyond it, a property that would be lost on its way to Azure is refused here, with its path.
 */
export async function checkInputs(
  azure: Azure,
  entry: ResourceEntry,
  request: CheckRequest,
  configured: string | undefined,
  groupLocation: (name: string) => Promise<string | undefined>,
): Promise<CheckAnswer> {
  const inputs: Values = { ...request.news };
  const autoname = autonameOf(entry.path);
  if (autoname !== undefined && inputs[autoname.name] === undefined) {
    const made = defaultName(request, autoname.name, autoname.kind);
    if (made !== undefined) {
      inputs[autoname.name] = made.value;
      if (made.random) inputs[createBeforeDelete] = true;
    }
  }
  const { body } = await azure.shapesOf(entry);
  if (inputs.location === undefined && body.fields().get("location")?.readOnly === false) {
    const location = await defaultLocation(request, inputs, configured, groupLocation);
    if (location !== undefined) inputs.location = location;
  }
  const parameters = parametersOf(entry.path);
  const failures: CheckFailure[] = parameters
    .filter((name) => inputs[name] === undefined)
    .map((name) => ({ property: name, reason: `missing required property '${name}'` }));
  const own = [...parameters, ...(entry.query ?? []), ...(entry.unsent ?? [])];
  failures.push(...problemsOf(inputs, body, new Set(own)));
  if (entry.custom === "eligibilitySchedule") {
    for (const name of Object.keys(inputs).filter((key) => unsentInputs.has(key))) {
      failures.push({
        property: name,
        reason: `'${name}' is declared by azure-native 3.28 and not sent to Azure, so the eligibility would not have it; leave it out`,
      });
    }
  }
  return { inputs, failures };
}
