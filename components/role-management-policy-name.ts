import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { audienceOf, resourceManagerOf } from "./model/resource-manager";
import { stableGuid } from "./stable-guid";
import { underMocks } from "./under-mocks";

/** Arguments of `getRoleManagementPolicyName`. */
export interface GetRoleManagementPolicyNameArgs {
  /** Resource id of the scope: a resource, a resource group, a subscription. It has to exist. */
  scope: string;
  /** Role, as `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<role id>`. */
  roleDefinitionId: string;
  /**
   * Resource Manager to ask, as an URL. The provider's token is sent there.
   * @default the audience of that token, where it is a Resource Manager of Azure's clouds
   */
  endpoint?: string;
}

/** The same with values that may be known later. */
export interface GetRoleManagementPolicyNameOutputArgs {
  scope: pulumi.Input<string>;
  roleDefinitionId: pulumi.Input<string>;
  endpoint?: pulumi.Input<string | undefined>;
}

/** Stable version that carries assignments; https://learn.microsoft.com/rest/api/authorization/role-management-policy-assignments */
const API_VERSION = "2020-10-01";
/** Tries against throttling and passing failures, each after a pause that doubles from half a second. */
const TRIES = 5;
const FIRST_PAUSE_MS = 500;

/**
 * The name (GUID) of the management policy of a role at a scope. Azure makes it per scope and role, and
 * neither provider has a function that finds it, so Resource Manager is asked with the provider's own
 * token. Needs Microsoft.Authorization/roleManagementPolicyAssignments/read.
 *
 * Under Pulumi's mocks nothing is asked and the name is a stand-in.
 */
export async function getRoleManagementPolicyName(
  args: GetRoleManagementPolicyNameArgs,
  opts?: pulumi.InvokeOptions,
): Promise<string> {
  const { scope, roleDefinitionId } = args;
  if (underMocks() && args.endpoint === undefined)
    return stableGuid("mock", scope, roleDefinitionId);
  const { token } = await authorization.getClientToken({}, opts);
  const endpoint = args.endpoint ?? resourceManagerOf(audienceOf(token));
  if (endpoint === undefined) {
    throw new pulumi.RunError(
      `role management policy of ${roleDefinitionId} at ${scope}: the provider's token is for "${audienceOf(token) ?? "nobody"}", ` +
        "which is no Resource Manager known here; give resourceManagerEndpoint (endpoint) to send it elsewhere",
    );
  }
  const url = new URL(
    `${scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments`,
    endpoint,
  );
  url.searchParams.set("api-version", API_VERSION);
  url.searchParams.set("$filter", `roleDefinitionId eq '${roleDefinitionId}'`);
  const found = policyNames(await getJson(url, token, `${roleDefinitionId} at ${scope}`));
  const wanted = roleDefinitionId.toLowerCase();
  const [policyName] = found.filter((entry) => entry.roleDefinitionId.toLowerCase() === wanted);
  if (policyName === undefined) {
    throw new pulumi.RunError(
      `role management policy of ${roleDefinitionId} at ${scope}: Azure lists none; ` +
        "look at the tenant's PIM licence (Entra ID P2 or Governance) and at the role's id",
    );
  }
  return policyName.name;
}

/** The same for values that are known later. Unknown, and not asked for, while one of them is. */
export function getRoleManagementPolicyNameOutput(
  args: GetRoleManagementPolicyNameOutputArgs,
  opts?: pulumi.InvokeOptions,
): pulumi.Output<string> {
  return pulumi
    .all([args.scope, args.roleDefinitionId, args.endpoint])
    .apply(([scope, roleDefinitionId, endpoint]) =>
      getRoleManagementPolicyName({ scope, roleDefinitionId, endpoint }, opts),
    );
}

interface PolicyOfRole {
  readonly name: string;
  readonly roleDefinitionId: string;
}

function policyNames(body: unknown): PolicyOfRole[] {
  const { value } = body as { value?: unknown };
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const { properties } = entry as {
      properties?: { policyId?: unknown; roleDefinitionId?: unknown };
    };
    const name =
      typeof properties?.policyId === "string" ? properties.policyId.split("/").pop() : "";
    return name && typeof properties?.roleDefinitionId === "string"
      ? [{ name, roleDefinitionId: properties.roleDefinitionId }]
      : [];
  });
}

async function getJson(url: URL, token: string, what: string): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(url, token);
    if (answer.ok) return answer.response.json();
    if (attempt >= TRIES || !answer.passing) {
      throw new pulumi.RunError(
        `role management policy of ${what}: Resource Manager answered ${answer.problem}; ` +
          "reading it needs Microsoft.Authorization/roleManagementPolicyAssignments/read at the scope (Owner or User Access Administrator has it)",
      );
    }
    const pause = answer.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

type Answer =
  | { ok: true; response: Response }
  | { ok: false; passing: boolean; problem: string; retryAfterMs?: number };

async function ask(url: URL, token: string): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return { ok: false, passing: true, problem: `nothing (${cause?.code ?? String(error)})` };
  }
  if (response.ok) return { ok: true, response };
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    ok: false,
    passing: response.status === 408 || response.status === 429 || response.status >= 500,
    problem: `${response.status} ${(await response.text()).slice(0, 300)}`,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  };
}
