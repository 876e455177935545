import { asObject, asText, textAt, type JsonObject } from "../json";
import { checkLocks } from "../locks";
import { AzureRefusal } from "../refusal";
import { nameOf } from "../resource-id";
import type { Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { contextDemand } from "../graph/authentication-context";
import { identitiesOf } from "../graph/principals";
import { isCurrent } from "./access";
import { refusals } from "./refusals";
import { authorizationId, nameFor, roleGuidOf } from "./role-ids";
import { reaches, scopeOf } from "./role-assignments";
import { rulesOf } from "./role-management-policies";
import {
  checkAdministrator,
  scheduleRequestRoute,
  type Plan,
  type ScheduleRequest,
} from "./schedule-requests";
import {
  approvalStage,
  failedRules,
  periodOf,
  putSchedule,
  scheduleOf,
  schedules,
  shortest,
  type Period,
} from "./schedules";

const kind = "RoleAssignment";

/** The eligibility by which somebody activates a role: their own or a group's, at the scope or above it. */
function eligibilityFor(request: ScheduleRequest): StoredResource | undefined {
  const { simulation, scope, role, principal, properties } = request;
  const identities = identitiesOf(simulation.store, principal.id);
  const linked = asText(properties.linkedRoleEligibilityScheduleId);
  return schedules(simulation, "RoleEligibility").find(
    (item) =>
      isCurrent(simulation, item) &&
      identities.has(textAt(item.body, "properties.principalId")?.toLowerCase() ?? "") &&
      roleGuidOf(textAt(item.body, "properties.roleDefinitionId") ?? "") === role.name &&
      reaches(scopeOf(item), scope) &&
      (linked === undefined || item.name === nameOf(linked).toLowerCase()),
  );
}

/** @throws AzureRefusal RoleAssignmentRequestAcrsValidationFailed, with the claims to sign in again with */
function checkContext(
  request: ScheduleRequest,
  rules: readonly JsonObject[],
  failed: string[],
): void {
  const { simulation, signedIn: caller } = request;
  const rule = asObject(
    rules.find((item) => item.id === "AuthenticationContext_EndUser_Assignment"),
  );
  const claim = asText(rule.claimValue) ?? "";
  if (rule.isEnabled !== true) return;
  const demand = contextDemand(simulation.store, caller.objectId, claim);
  if (demand === "multifactor" && !caller.multifactor) failed.push("MfaRule");
  if (demand !== "context" || caller.contexts.includes(claim)) return;
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: claim } } });
  throw new AzureRefusal(
    400,
    "RoleAssignmentRequestAcrsValidationFailed",
    `&claims=${encodeURIComponent(claims)}`,
  );
}

function checkFree(request: ScheduleRequest): void {
  const { simulation, scope, role, principal } = request;
  if (scheduleOf(simulation, kind, scope, role.name, principal.id) !== undefined) {
    throw refusals.eligibilityExists();
  }
}

function write(
  request: ScheduleRequest,
  period: Period,
  more: JsonObject,
): { status: string; schedule: string } {
  const { simulation, scope, role, principal, id } = request;
  const schedule = putSchedule(simulation, kind, {
    scope,
    role,
    principalId: principal.id,
    period,
    requestId: id,
    more,
  });
  return { status: "Provisioned", schedule: schedule.name };
}

function activate(request: ScheduleRequest): ReturnType<Plan> {
  const { simulation, tenant, scope, principal, properties, signedIn: caller } = request;
  if (caller.objectId !== principal.id.toLowerCase())
    throw refusals.insufficientPermissions(caller.objectId);
  const eligibility = eligibilityFor(request);
  if (eligibility === undefined) throw refusals.policyRulesFailed(["EligibilityRule"]);
  checkFree(request);
  // PIM must be able to take the role away again (MicrosoftDocs/azure-docs#26211).
  checkLocks(simulation, authorizationId(scope, "roleAssignments", principal.id), "delete");
  const period = periodOf(simulation, asObject(properties.scheduleInfo));
  const rules = rulesOf(simulation, tenant, scopeOf(eligibility), request.role.name);
  const failed = failedRules(
    rules,
    { caller: "EndUser", level: "Assignment" },
    { period, properties, signedIn: caller },
  );
  checkContext(request, rules, failed);
  if (failed.length > 0) throw refusals.policyRulesFailed(failed);
  const more = { assignmentType: "Activated", linkedRoleEligibilityScheduleId: eligibility.name };
  return () => {
    const stage = approvalStage(rules);
    if (stage === undefined) return write(request, period, more);
    return { status: "PendingApproval", approval: openApproval(request, period, stage, more) };
  };
}

/** Keeps what an approver will decide on; the role is given only then. */
function openApproval(
  request: ScheduleRequest,
  period: Period,
  stage: JsonObject,
  more: JsonObject,
): string {
  const { simulation, scope, id, role, principal } = request;
  const name = nameFor("approval", id);
  const approval = authorizationId(scope, "roleAssignmentApprovals", name);
  const type = "Microsoft.Authorization/roleAssignmentApprovals";
  const days =
    typeof stage.approvalStageTimeOutInDays === "number" ? stage.approvalStageTimeOutInDays : 1;
  simulation.store.put({
    id: approval,
    type,
    name,
    body: {
      id: approval,
      name,
      type,
      properties: {
        stages: [
          {
            id: `${approval}/stages/${nameFor("stage", id)}`,
            name: nameFor("stage", id),
            type: `${type}/stages`,
            properties: { status: "InProgress", reviewResult: "NotReviewed", assignedToMe: false },
          },
        ],
      },
    },
    hidden: {
      request: id,
      role: role.name,
      principal: principal.id,
      scope,
      length: period.end === undefined ? null : period.end - period.start,
      approvers: stage.primaryApprovers ?? [],
      mustJustify: stage.isApproverJustificationRequired === true,
      ends: simulation.clock.now().getTime() + days * 24 * 60 * 60 * 1000,
      more,
    },
  });
  return approval;
}

function remove(simulation: Simulation, before: StoredResource | undefined): ReturnType<Plan> {
  if (before === undefined) throw refusals.eligibilityDoesNotExist();
  checkLocks(simulation, before.id, "delete");
  const created = Date.parse(textAt(before.body, "properties.createdOn") ?? before.createdAt);
  if (simulation.clock.now().getTime() - created < shortest)
    throw refusals.activeDurationTooShort();
  return () => {
    simulation.store.delete(before.id);
    return { status: "Revoked", schedule: before.name };
  };
}

const plan: Plan = (request) => {
  const {
    simulation,
    tenant,
    scope,
    role,
    principal,
    properties,
    requestType,
    signedIn: caller,
  } = request;
  const before = scheduleOf(simulation, kind, scope, role.name, principal.id);
  switch (requestType) {
    case "SelfActivate":
      return activate(request);
    case "SelfDeactivate":
      if (caller.objectId !== principal.id.toLowerCase())
        throw refusals.insufficientPermissions(caller.objectId);
      return remove(simulation, before);
    case "AdminRemove":
      checkAdministrator(request, kind);
      return remove(simulation, before);
    case "AdminAssign": {
      checkAdministrator(request, kind);
      checkFree(request);
      const period = periodOf(simulation, asObject(properties.scheduleInfo));
      const failed = failedRules(
        rulesOf(simulation, tenant, scope, role.name),
        { caller: "Admin", level: "Assignment" },
        { period, properties, signedIn: caller },
      );
      if (failed.length > 0) throw refusals.policyRulesFailed(failed);
      return () => write(request, period, { assignmentType: "Assigned" });
    }
    default:
      throw refusals.invalidRequest(
        `requestType '${requestType}' is not played by the simulated Azure`,
      );
  }
};

/**
 * Requests that activate an eligible role for a while, end that, or give a role through PIM
 * (https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-requests). What an activation must
 * bring is read from the policy at the eligibility's scope.
 */
export function activationRequestRoute(tenant: Tenant): Route {
  return scheduleRequestRoute(kind, tenant, plan);
}
