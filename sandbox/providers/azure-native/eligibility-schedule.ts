import { randomUUID } from "node:crypto";
import { AzureError, isNotFound } from "../plugin/azure-error";
import { poll } from "../plugin/operation";
import { isValues, textOf, type Value, type Values } from "../plugin/values";
import type { Azure } from "./azure";
import { toOutputs } from "./convert";
import type { ResourceEntry } from "./resource-table";
import { eligibilitySchedule as shape } from "./rest-shape";
import type { SdkWrite } from "./sdk-client";

// A schedule is made and removed by requests and never changed:
// provider/pkg/resources/customresources/custom_pim_eligibility.go@183dec92 of pulumi/pulumi-azure-native.

/** Inputs that azure-native declares and does not send. */
export const unsentInputs: ReadonlySet<string> = new Set([
  "condition",
  "conditionVersion",
  "targetRoleEligibilityScheduleId",
  "targetRoleEligibilityScheduleInstanceId",
]);

const create: SdkWrite = {
  client: "authorization",
  group: "roleEligibilityScheduleRequests",
  method: "create",
  begins: "create",
};
const tenMinutes = { seconds: 600, shown: "10m0s" };
const twoMinutes = { seconds: 120, shown: "2m0s" };

/** Scope, principal and role: what a schedule is known by. */
interface Tuple {
  readonly scope: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

function tupleOf(values: Values): Tuple {
  const needed = (name: keyof Tuple): string => {
    const value = textOf(values[name]);
    if (value === undefined) throw new Error(`converting inputs to SDK shape: ${name} is required`);
    return value;
  };
  return {
    scope: needed("scope"),
    principalId: needed("principalId"),
    roleDefinitionId: needed("roleDefinitionId"),
  };
}

const trimmed = (scope: string): string => scope.replace(/^\/+|\/+$/g, "");
const under = (scope: string, rest: string): string =>
  `/${trimmed(scope)}/providers/Microsoft.Authorization/${rest}`.replace(/\/{2,}/g, "/");

function prefixed(error: unknown, doing: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  return new Error(`${doing}: ${text}`, { cause: error });
}

/**
 * Looks a schedule up among those of a scope. The role is compared as text: a form of its id that the service does
 * not give back (without the subscription, for example) is never found.
 */
async function find(azure: Azure, entry: ResourceEntry, tuple: Tuple): Promise<Values | undefined> {
  const filter = `principalId eq '${tuple.principalId}'`;
  let page: Values;
  try {
    page = await azure.get(under(tuple.scope, "roleEligibilitySchedules"), entry.apiVersion, {
      $filter: filter,
    });
  } catch (error) {
    throw prefixed(
      error,
      "looking up role eligibility schedule: listing role eligibility schedules",
    );
  }
  const same = (a: Value | undefined, b: string): boolean =>
    textOf(a)?.toLowerCase() === b.toLowerCase();
  const schedules = Array.isArray(page.value) ? page.value.filter(isValues) : [];
  return schedules.find((schedule) => {
    const properties = isValues(schedule.properties) ? schedule.properties : {};
    return (
      same(properties.principalId, tuple.principalId) &&
      same(properties.roleDefinitionId, tuple.roleDefinitionId) &&
      properties.memberType === "Direct"
    );
  });
}

function outputsOf(schedule: Values): Values {
  // The body says that it is a schedule; the resource is a request, so azure-native takes the type off.
  return toOutputs({ ...schedule, type: undefined }, shape);
}

async function request(
  azure: Azure,
  scope: string,
  name: string,
  properties: Values,
): Promise<void> {
  await azure.sdk.write(create, [trimmed(scope), name], properties, { properties }, {});
}

/** Asks for the assignment, then waits until the schedule is listed. */
export async function createSchedule(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  inputs: Values,
): Promise<Values> {
  const tuple = tupleOf(inputs);
  if ((await find(azure, entry, tuple)) !== undefined) {
    throw new Error(`cannot create already existing resource "${id}"`);
  }
  const info = isValues(inputs.scheduleInfo) ? inputs.scheduleInfo : undefined;
  const start = textOf(info?.startDateTime);
  if (
    start !== undefined &&
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(start)
  ) {
    throw new Error(
      `converting inputs to SDK shape: invalid start time: "${start}" is not RFC 3339, such as 2026-01-31T08:00:00Z`,
    );
  }
  const properties: Values = {
    principalId: tuple.principalId,
    roleDefinitionId: tuple.roleDefinitionId,
    requestType: "AdminAssign",
    justification: inputs.justification,
    scheduleInfo: info,
    ticketInfo: inputs.ticketInfo,
  };
  try {
    await request(azure, tuple.scope, randomUUID(), properties);
  } catch (error) {
    throw prefixed(error, "creating role eligibility schedule request");
  }
  const doing = "waiting for role eligibility schedule to be created";
  return outputsOf(await poll(doing, tenMinutes, () => find(azure, entry, tuple)));
}

/** What a lookup by the state's scope, principal and role finds; undefined where there is none. */
export async function readSchedule(
  azure: Azure,
  entry: ResourceEntry,
  state: Values,
): Promise<Values | undefined> {
  const schedule = await find(azure, entry, tupleOf(state));
  return schedule === undefined ? undefined : outputsOf(schedule);
}

/** Asks for the removal and waits until the schedule is gone. */
export async function deleteSchedule(
  azure: Azure,
  entry: ResourceEntry,
  id: string,
  state: Values,
): Promise<void> {
  const tuple = tupleOf(state);
  const name = textOf(state.name) ?? "";
  const get = async (): Promise<Values | undefined> => {
    try {
      return await azure.get(
        under(tuple.scope, `roleEligibilitySchedules/${name}`),
        entry.apiVersion,
      );
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw prefixed(error, "retrieving role eligibility schedule");
    }
  };
  const schedule = await get();
  if (schedule === undefined) return;
  const properties = isValues(schedule.properties) ? schedule.properties : {};
  const status = textOf(properties.status) ?? "";
  if (status === "Granted" || status.startsWith("Pending")) {
    // The whole Pulumi id stands where the name of the request belongs, as in the provider's own code.
    const path = under(
      tuple.scope,
      `roleEligibilityScheduleRequests/${encodeURIComponent(id)}/cancel`,
    );
    try {
      await azure.rest.send({ method: "POST", path, query: { "api-version": entry.apiVersion } });
    } catch (error) {
      throw prefixed(error, "canceling role eligibility schedule");
    }
    return;
  }
  const removal = randomUUID();
  await poll("requesting role eligibility schedule removal", twoMinutes, async () => {
    try {
      await request(azure, tuple.scope, removal, {
        principalId: tuple.principalId,
        roleDefinitionId: tuple.roleDefinitionId,
        requestType: "AdminRemove",
        justification: "Removed by Pulumi",
      });
      return true;
    } catch (error) {
      const code = error instanceof AzureError ? error.code : "";
      if (code === "ActiveDurationTooShort") return undefined;
      if (code === "RoleAssignmentDoesNotExist") return true;
      throw prefixed(error, "creating role eligibility schedule removal request");
    }
  });
  const gone = async (): Promise<true | undefined> =>
    (await get()) === undefined ? true : undefined;
  await poll("role eligibility schedule deletion", tenMinutes, gone);
}
