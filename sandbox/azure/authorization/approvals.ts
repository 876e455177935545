import { asObject, asObjects, asText, copy, objectsAt, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { identitiesOf } from "../graph/principals";
import { refusals } from "./refusals";
import { checkApiVersion, parseAuthorizationPath, propertiesOf } from "./request";
import { findRole } from "./roles";
import { checkLicence } from "./role-management-policies";
import { putSchedule } from "./schedules";
import { signedIn } from "./signed-in";

const type = "Microsoft.Authorization/roleAssignmentApprovals";
const versions = ["2021-01-01-preview"];

function settle(simulation: Simulation, requestId: string, status: string): void {
  const { store } = simulation;
  const found = store.get(requestId);
  if (found === undefined) return;
  const properties = { ...(found.body.properties as JsonObject), status };
  store.put({ ...found, body: { ...found.body, properties } });
}

/** @throws AzureRefusal unless the signed-in user is one of the policy's approvers and not the requestor */
function checkApprover(simulation: Simulation, approval: StoredResource, reviewer: string): void {
  const identities = identitiesOf(simulation.store, reviewer);
  const approvers = asObjects(approval.hidden?.approvers).map((item) =>
    (asText(item.id) ?? "").toLowerCase(),
  );
  const requestor = asText(approval.hidden?.principal)?.toLowerCase();
  if (reviewer === requestor || !approvers.some((id) => identities.has(id))) {
    throw refusals.insufficientPermissions(reviewer);
  }
}

function review(
  request: AzureRequest,
  simulation: Simulation,
  tenant: Tenant,
  approval: StoredResource,
  stageName: string,
): AzureResponse {
  const { store, clock } = simulation;
  const reviewer = signedIn(request, tenant).objectId;
  const stages = objectsAt(copy(approval.body), "properties.stages");
  const stage = stages.find((item) => item.name === stageName.toLowerCase());
  if (stage === undefined) {
    throw new AzureRefusal(
      404,
      "RoleAssignmentApprovalStageNotFound",
      `The stage '${stageName}' was not found.`,
    );
  }
  checkApprover(simulation, approval, reviewer);
  const before = asObject(stage.properties);
  const hidden = approval.hidden ?? {};
  const requestId = asText(hidden.request) ?? "";
  if (before.status !== "InProgress") throw refusals.invalidRequest("the stage has been reviewed");
  if (typeof hidden.ends === "number" && hidden.ends <= clock.now().getTime()) {
    throw refusals.invalidRequest("the request has timed out");
  }
  const { reviewResult, justification } = propertiesOf(request);
  if (reviewResult !== "Approve" && reviewResult !== "Deny") {
    throw refusals.invalidRequest("reviewResult is neither 'Approve' nor 'Deny'");
  }
  if (hidden.mustJustify === true && (asText(justification) ?? "").trim() === "") {
    throw refusals.policyRulesFailed(["JustificationRule"]);
  }
  stage.properties = {
    ...before,
    status: "Completed",
    reviewResult,
    justification: asText(justification) ?? "",
    reviewedBy: { principalId: reviewer },
    reviewedDateTime: clock.now().toISOString(),
  };
  store.put({ ...approval, body: { ...approval.body, properties: { stages } } });
  const role = findRole(store, asText(hidden.role) ?? "");
  if (reviewResult === "Approve" && role !== undefined) {
    const start = clock.now().getTime();
    putSchedule(simulation, "RoleAssignment", {
      scope: asText(hidden.scope) ?? "/",
      role,
      principalId: asText(hidden.principal) ?? "",
      period: { start, end: typeof hidden.length === "number" ? start + hidden.length : undefined },
      requestId,
      more: asObject(hidden.more),
    });
  }
  settle(simulation, requestId, reviewResult === "Approve" ? "Provisioned" : "Denied");
  return { status: 200, body: stage };
}

/**
 * Approvals of activations: GET shows the stages, PUT or PATCH on a stage decides
 * (https://learn.microsoft.com/rest/api/authorization/role-assignment-approval-step). The time of an activation counts from the
 * approval.
 */
export function approvalRoute(tenant: Tenant): Route {
  return (request, simulation) => {
    const path = parseAuthorizationPath(request.path);
    if (path?.type !== "roleassignmentapprovals" || path.name === undefined) return undefined;
    checkApiVersion(request, type, versions);
    checkLicence(tenant);
    const wanted = path.name.toLowerCase();
    const approval = simulation.store.ofType(type).find((item) => item.name === wanted);
    if (approval === undefined) {
      throw new AzureRefusal(
        404,
        "RoleAssignmentApprovalNotFound",
        `The approval '${path.name}' was not found.`,
      );
    }
    const [word, stage] = path.rest;
    if (request.method === "GET") {
      const stages = objectsAt(approval.body, "properties.stages");
      if (word === undefined) return { status: 200, body: approval.body };
      return { status: 200, body: { value: stages } };
    }
    if (
      word?.toLowerCase() === "stages" &&
      stage !== undefined &&
      /^(PUT|PATCH)$/.test(request.method)
    ) {
      return review(request, simulation, tenant, approval, stage);
    }
    throw new AzureRefusal(
      405,
      "MethodNotAllowed",
      `The simulated Azure knows no ${request.method} of '${request.path}'.`,
    );
  };
}
