import { asObject, asObjects, asText, asTexts, compact, textAt, type JsonObject } from "../json";
import { nameOf } from "../resource-id";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Principal } from "../graph/principals";
import { principalOf } from "../graph/principals";
import { hasEnded } from "./access";
import type { Role } from "./built-in-roles";
import { milliseconds } from "./duration";
import { refusals } from "./refusals";
import { authorizationId, nameFor, roleGuidOf, roleIdAt } from "./role-ids";
import { scopeOf } from "./role-assignments";
import type { SignedIn } from "./signed-in";

/** Who may become what, or is it for a while: the two kinds of schedule that Privileged Identity Management keeps. */
export type ScheduleKind = "RoleEligibility" | "RoleAssignment";

/** Five minutes: no schedule is shorter, and none is removed earlier (PIM's page on assigning Azure resource roles). */
export const shortest = 5 * 60 * 1000;

/** When something holds; without an end for ever. */
export interface Period {
  readonly start: number;
  readonly end: number | undefined;
}

/** Type of a schedule, of an instance or of a request, in Microsoft's letters. */
export function scheduleType(
  kind: ScheduleKind,
  what: "Schedules" | "ScheduleInstances" | "ScheduleRequests",
): string {
  return `Microsoft.Authorization/${kind}${what}`;
}

/**
 * Reads `scheduleInfo`. An expiry after a duration that is not given never comes: Azure takes it for permanent
 * (Azure/azure-rest-api-specs#24242).
 * @throws AzureRefusal InvalidRoleAssignmentRequestSchedule, ActiveDurationTooShort
 */
export function periodOf(simulation: Simulation, scheduleInfo: JsonObject): Period {
  const now = simulation.clock.now().getTime();
  const given = asText(scheduleInfo.startDateTime);
  const start = given === undefined ? now : Date.parse(given);
  if (Number.isNaN(start))
    throw refusals.invalidSchedule(`startDateTime '${given ?? ""}' is not a time`);
  const expiration = asObject(scheduleInfo.expiration);
  const type = asText(expiration.type) ?? "NoExpiration";
  const duration = asText(expiration.duration);
  switch (type) {
    case "NoExpiration":
      return { start, end: undefined };
    case "AfterDuration": {
      if (duration === undefined) return { start, end: undefined };
      const length = milliseconds(duration);
      if (length === undefined)
        throw refusals.invalidSchedule(`duration '${duration}' is not an ISO 8601 duration`);
      if (length < shortest) throw refusals.activeDurationTooShort();
      return { start, end: start + length };
    }
    case "AfterDateTime": {
      const end = Date.parse(asText(expiration.endDateTime) ?? "");
      if (Number.isNaN(end))
        throw refusals.invalidSchedule("endDateTime is missing or is not a time");
      if (end <= Math.max(start, now))
        throw refusals.invalidSchedule("endDateTime is not after startDateTime");
      if (end - start < shortest) throw refusals.activeDurationTooShort();
      return { start, end };
    }
    default:
      throw refusals.invalidSchedule(`expiration type '${type}' is not known`);
  }
}

/** The policy rules that a period and a request's texts do not meet, by the names that Azure gives them. */
export function failedRules(
  rules: readonly JsonObject[],
  kind: { readonly caller: "Admin" | "EndUser"; readonly level: "Eligibility" | "Assignment" },
  request: {
    readonly period: Period;
    readonly properties: JsonObject;
    readonly signedIn: SignedIn;
  },
): string[] {
  const failed: string[] = [];
  const suffix = `${kind.caller}_${kind.level}`;
  const rule = (id: string): JsonObject =>
    asObject(rules.find((item) => item.id === `${id}_${suffix}`));
  const { period, properties } = request;
  const expiration = rule("Expiration");
  const longest = milliseconds(asText(expiration.maximumDuration) ?? "");
  const length = period.end === undefined ? undefined : period.end - period.start;
  if (
    expiration.isExpirationRequired === true &&
    (length === undefined || (longest !== undefined && length > longest))
  ) {
    failed.push("ExpirationRule");
  }
  const enabled = asTexts(rule("Enablement").enabledRules);
  if (enabled.includes("MultiFactorAuthentication") && !request.signedIn.multifactor)
    failed.push("MfaRule");
  if (enabled.includes("Justification") && (asText(properties.justification) ?? "").trim() === "") {
    failed.push("JustificationRule");
  }
  const ticket = asObject(properties.ticketInfo);
  const hasTicket =
    (asText(ticket.ticketNumber) ?? "") !== "" && (asText(ticket.ticketSystem) ?? "") !== "";
  if (enabled.includes("Ticketing") && !hasTicket) failed.push("TicketingRule");
  return failed;
}

/** The role, the principal and the scope of a schedule, spelled out as Azure does. */
export function expanded(scope: string, role: Role, principal: Principal | undefined): JsonObject {
  const isGroup = /\/resourceGroups\/[^/]+$/i.test(scope);
  return {
    scope: { id: scope, displayName: nameOf(scope), type: isGroup ? "resourcegroup" : "resource" },
    roleDefinition: {
      id: roleIdAt(scope, role.name),
      displayName: role.roleName,
      type: "BuiltInRole",
    },
    principal: compact({
      id: principal?.id,
      displayName: principal?.displayName,
      email: principal?.email,
      type: principal?.type,
    }),
  };
}

/** The schedule of a principal and role at exactly this scope that has not ended, or undefined. */
export function scheduleOf(
  simulation: Simulation,
  kind: ScheduleKind,
  scope: string,
  role: string,
  principalId: string,
): StoredResource | undefined {
  return schedules(simulation, kind).find(
    (item) =>
      scopeOf(item).toLowerCase() === scope.toLowerCase() &&
      textAt(item.body, "properties.principalId")?.toLowerCase() === principalId.toLowerCase() &&
      roleGuidOf(textAt(item.body, "properties.roleDefinitionId") ?? "") === role,
  );
}

/** All schedules of a kind that have not ended on the simulated clock. */
export function schedules(simulation: Simulation, kind: ScheduleKind): StoredResource[] {
  return simulation.store
    .ofType(scheduleType(kind, "Schedules"))
    .filter((item) => !hasEnded(simulation, item));
}

/** Writes a schedule; its name follows from whom, what and where. */
export function putSchedule(
  simulation: Simulation,
  kind: ScheduleKind,
  details: {
    readonly scope: string;
    readonly role: Role;
    readonly principalId: string;
    readonly period: Period;
    readonly requestId: string;
    readonly more?: JsonObject;
  },
): StoredResource {
  const { scope, role, principalId, period } = details;
  const { store } = simulation;
  const now = simulation.clock.now().toISOString();
  const principal = principalOf(store, principalId);
  const name = nameFor(kind, scope.toLowerCase(), role.name, principalId);
  const id = authorizationId(scope, `${kind}Schedules`, name);
  const before = store.get(id);
  const continued = before !== undefined && !hasEnded(simulation, before);
  const type = scheduleType(kind, "Schedules");
  if (before !== undefined && !continued) store.delete(id);
  return store.put({
    id,
    type,
    name,
    body: {
      id,
      name,
      type,
      properties: compact({
        scope,
        roleDefinitionId: roleIdAt(scope, role.name),
        principalId,
        principalType: principal?.type,
        status: "Provisioned",
        [kind === "RoleEligibility"
          ? "roleEligibilityScheduleRequestId"
          : "roleAssignmentScheduleRequestId"]: details.requestId,
        startDateTime: new Date(period.start).toISOString(),
        endDateTime: period.end === undefined ? undefined : new Date(period.end).toISOString(),
        memberType: "Direct",
        createdOn: continued ? before.createdAt : now,
        updatedOn: now,
        ...details.more,
        expandedProperties: expanded(scope, role, principal),
      }),
    },
  });
}

/** The approval rule's first stage, where approval is required at activation. */
export function approvalStage(rules: readonly JsonObject[]): JsonObject | undefined {
  const setting = asObject(
    asObject(rules.find((rule) => rule.id === "Approval_EndUser_Assignment")).setting,
  );
  return setting.isApprovalRequired === true ? asObjects(setting.approvalStages)[0] : undefined;
}
