import {
  asObject,
  asText,
  asTexts,
  isObject,
  textAt,
  type JsonObject,
  type JsonValue,
} from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import type { Tenant } from "../tenant/tenant";
import { grantsFor, type Grant } from "../authorization/access";
import { simulatedToken } from "../authorization/signed-in";
import { contextDemand } from "./authentication-context";
import {
  isMultifactor,
  verdicts,
  type PolicyVerdict,
  type SignInAttempt,
} from "./conditional-access-evaluation";
import { graphObject, graphObjectBy } from "./objects";

const linuxSignIn = "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0";
const remoteDesktop = "a4a365df-50f1-4397-bc59-1a1564b8bb9c";

/** What somebody sends to `POST /signin`. */
interface SignInRequest {
  readonly user: StoredResource;
  readonly machine: StoredResource | undefined;
  readonly attempt: SignInAttempt;
}

function malformed(problems: readonly string[]): AzureRefusal {
  return new AzureRefusal(
    400,
    "SimulatedSignIn",
    `the simulated sign-in cannot be read: ${problems.join("; ")}`,
  );
}

function isWindows(machine: StoredResource): boolean {
  return (
    textAt(machine.body, "properties.storageProfile.osDisk.osType")?.toLowerCase() === "windows" ||
    isObject(asObject(asObject(machine.body.properties).osProfile).windowsConfiguration)
  );
}

function read(request: AzureRequest, simulation: Simulation): SignInRequest {
  const { store } = simulation;
  const body = asObject(request.body);
  const problems: string[] = [];
  const key = asText(body.user) ?? "";
  const user =
    graphObject(store, "users", key) ?? graphObjectBy(store, "users", "userPrincipalName", key);
  if (user === undefined)
    problems.push(
      `user: "${key}" is no user of this tenant; use an object id or a user principal name`,
    );
  const machineId = asText(body.virtualMachine);
  const machine = machineId === undefined ? undefined : store.get(machineId);
  if (
    machineId !== undefined &&
    machine?.type.toLowerCase() !== "microsoft.compute/virtualmachines"
  ) {
    problems.push(`virtualMachine: "${machineId}" is no virtual machine of the simulated Azure`);
  }
  const given = asText(body.application)?.toLowerCase();
  const appId =
    given ?? (machine === undefined ? undefined : isWindows(machine) ? remoteDesktop : linuxSignIn);
  if (appId === undefined)
    problems.push("application: missing; name an app id, or a virtualMachine");
  else if (graphObjectBy(store, "servicePrincipals", "appId", appId) === undefined) {
    problems.push(`application: "${appId}" has no service principal in this tenant`);
  }
  if (!Array.isArray(body.methods))
    problems.push('methods: missing; list what was used, such as ["fido2"] or ["password", "sms"]');
  if (problems.length > 0 || user === undefined) throw malformed(problems);
  const platform = asText(body.platform);
  const ipAddress = asText(body.ipAddress);
  return {
    user,
    machine,
    attempt: {
      userId: user.name,
      ...(appId === undefined ? {} : { appId }),
      methods: asTexts(body.methods),
      clientAppType: asText(body.clientAppType) ?? "mobileAppsAndDesktopClients",
      ...(platform === undefined ? {} : { platform }),
      ...(ipAddress === undefined ? {} : { ipAddress }),
      compliantDevice: body.compliantDevice === true,
    },
  };
}

/** Codes of Entra ID: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function errorOf(user: StoredResource, failures: readonly PolicyVerdict[]): string | undefined {
  if (user.body.accountEnabled === false) return "AADSTS50057";
  if (failures.some((verdict) => verdict.enforcedGrantControls.includes("block")))
    return "AADSTS53003";
  return failures.length > 0 ? "AADSTS50076" : undefined;
}

function grantShown(grant: Grant): JsonObject {
  return {
    role: grant.role.roleName,
    scope: grant.scope,
    through: grant.through,
    kind: grant.kind,
    ...(grant.until === undefined ? {} : { until: grant.until }),
  };
}

/**
 * Whether a user can sign in to a virtual machine, once Entra ID lets them pass: the login extension is there, the
 * user is no guest, and a role gives them a login data action now.
 * Sources: https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux and
 * .../howto-vm-sign-in-azure-ad-windows
 */
function machineAnswer(
  simulation: Simulation,
  user: StoredResource,
  machine: StoredResource,
): JsonObject {
  const action = "Microsoft.Compute/virtualMachines/";
  const regular = grantsFor(simulation, user.name, machine.id, `${action}login/action`, "data");
  const administrator = grantsFor(
    simulation,
    user.name,
    machine.id,
    `${action}loginAsAdmin/action`,
    "data",
  );
  const wanted = isWindows(machine) ? "AADLoginForWindows" : "AADSSHLoginForLinux";
  const extension = simulation.store
    .childrenOf(machine.id, "Microsoft.Compute/virtualMachines/extensions")
    .some((item) => textAt(item.body, "properties.type") === wanted);
  const because: string[] = [];
  if (!extension) because.push(`the extension ${wanted} is not installed`);
  if (user.body.userType === "Guest")
    because.push("guests cannot sign in to a virtual machine with Entra ID");
  if (regular.length === 0)
    because.push("no role gives the user a login data action at this moment");
  const granted = because.length === 0;
  return {
    id: machine.id,
    granted,
    as: !granted ? "nobody" : administrator.length > 0 ? "administrator" : "user",
    roles: [
      ...new Map(
        [...administrator, ...regular].map((grant) => [grant.id, grantShown(grant)]),
      ).values(),
    ],
    because,
  };
}

/** Contexts whose enforced policies the attempt satisfies: those go into the token, and PIM reads them. */
function contextsOf(simulation: Simulation, attempt: SignInAttempt): string[] {
  const { store } = simulation;
  return store
    .ofType("graph/authenticationContextClassReferences")
    .map((item) => item.name)
    .filter((context) => contextDemand(store, attempt.userId, context) === "context")
    .filter((context) => {
      return verdicts(store, { ...attempt, appId: undefined, context }).every(
        (verdict) => verdict.result !== "failure",
      );
    });
}

/**
 * `POST /signin`, which no Azure has: plays a sign-in to an application of Entra ID and, where a virtual machine is
 * named, to that machine.
 *
 * Body: `user` (object id or user principal name), `methods` (Graph's names, such as `["fido2"]`), `application` (app
 * id; with a `virtualMachine` the default is the app that its native client signs in to), `virtualMachine` (resource
 * id), `clientAppType`, `platform`, `ipAddress`, `compliantDevice`.
 *
 * Answer: `granted`, `errorCode`, every policy with its result and reason, `decidedBy` (enforced policies that
 * refused), `wouldHaveRefused` (report-only ones), `virtualMachine` with the roles that open it, and a readable token
 * for requests to the simulated Resource Manager.
 */
export function signInRoute(tenant: Tenant): Route {
  return (request, simulation): AzureResponse | undefined => {
    if (request.path.toLowerCase() !== "/signin" || request.method !== "POST") return undefined;
    const { user, machine, attempt } = read(request, simulation);
    const policies = verdicts(simulation.store, attempt);
    const failures = policies.filter((verdict) => verdict.result === "failure");
    const errorCode = errorOf(user, failures);
    const names = (result: PolicyVerdict["result"]): string[] =>
      policies.filter((verdict) => verdict.result === result).map((verdict) => verdict.displayName);
    const atMachine = machine === undefined ? undefined : machineAnswer(simulation, user, machine);
    const applied = policies.some((verdict) => verdict.result === "success");
    const token = simulatedToken({
      tid: tenant.tenantId,
      oid: user.name,
      appid: attempt.appId ?? null,
      amr: isMultifactor(simulation.store, attempt.methods) ? ["mfa"] : [],
      acrs: contextsOf(simulation, attempt),
    });
    const body: JsonObject = {
      simulated: true,
      user: asText(user.body.userPrincipalName) ?? user.name,
      application: attempt.appId ?? null,
      granted: errorCode === undefined && atMachine?.granted !== false,
      errorCode: errorCode ?? null,
      conditionalAccessStatus: failures.length > 0 ? "failure" : applied ? "success" : "notApplied",
      decidedBy: names("failure"),
      wouldHaveRefused: names("reportOnlyFailure"),
      appliedConditionalAccessPolicies: JSON.parse(JSON.stringify(policies)) as JsonValue,
      ...(atMachine === undefined ? {} : { virtualMachine: atMachine }),
      ...(errorCode === undefined ? { accessToken: token } : {}),
    };
    return { status: 200, body };
  };
}
