import { asObject, textAt } from "../json";
import { checkLocks } from "../locks";
import type { Tenant } from "../tenant/tenant";
import type { Route } from "../simulation";
import { refusals } from "./refusals";
import { rulesOf } from "./role-management-policies";
import {
  checkAdministrator,
  scheduleRequestRoute,
  type Plan,
  type ScheduleRequest,
} from "./schedule-requests";
import { failedRules, periodOf, putSchedule, scheduleOf, shortest, type Period } from "./schedules";

const kind = "RoleEligibility";

function checkPolicy(request: ScheduleRequest, period: Period): void {
  const { simulation, tenant, scope, role, properties, signedIn } = request;
  const failed = failedRules(
    rulesOf(simulation, tenant, scope, role.name),
    { caller: "Admin", level: "Eligibility" },
    { period, properties, signedIn },
  );
  if (failed.length > 0) throw refusals.policyRulesFailed(failed);
}

function existing(request: ScheduleRequest): ReturnType<typeof scheduleOf> {
  const { simulation, scope, role, principal } = request;
  return scheduleOf(simulation, kind, scope, role.name, principal.id);
}

function write(request: ScheduleRequest, period: Period) {
  return () => {
    const { simulation, scope, role, principal, id } = request;
    const schedule = putSchedule(simulation, kind, {
      scope,
      role,
      principalId: principal.id,
      period,
      requestId: id,
    });
    const pending = period.start > simulation.clock.now().getTime();
    return { status: pending ? "PendingScheduleCreation" : "Provisioned", schedule: schedule.name };
  };
}

const plan: Plan = (request) => {
  const { simulation, properties, requestType } = request;
  checkAdministrator(request, kind);
  const before = existing(request);
  switch (requestType) {
    case "AdminAssign": {
      if (before !== undefined) throw refusals.eligibilityExists();
      const period = periodOf(simulation, asObject(properties.scheduleInfo));
      checkPolicy(request, period);
      return write(request, period);
    }
    case "AdminUpdate":
    case "AdminExtend":
    case "AdminRenew": {
      if (before === undefined) throw refusals.eligibilityDoesNotExist();
      const period = periodOf(simulation, asObject(properties.scheduleInfo));
      checkPolicy(request, period);
      return write(request, period);
    }
    case "AdminRemove": {
      if (before === undefined) throw refusals.eligibilityDoesNotExist();
      // MicrosoftDocs/azure-docs#110791: a lock that forbids deletion forbids to take access away.
      checkLocks(simulation, before.id, "delete");
      const created = Date.parse(textAt(before.body, "properties.createdOn") ?? before.createdAt);
      if (simulation.clock.now().getTime() - created < shortest)
        throw refusals.activeDurationTooShort();
      return () => {
        simulation.store.delete(before.id);
        return { status: "Revoked", schedule: before.name };
      };
    }
    default:
      throw refusals.invalidRequest(
        `requestType '${requestType}' is not played by the simulated Azure`,
      );
  }
};

/**
 * Requests that make somebody eligible for a role, change or end that.
 *
 * A role's identifier is accepted in any form and given back in the subscription's, as Azure does
 * (hashicorp/terraform-provider-azurerm#31052): a client that then looks for its own form does not find it.
 */
export function eligibilityRequestRoute(tenant: Tenant): Route {
  return scheduleRequestRoute(kind, tenant, plan);
}
