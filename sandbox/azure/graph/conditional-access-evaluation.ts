import { isValid, isValidCIDR, parse, parseCIDR, type IPv4, type IPv6 } from "ipaddr.js";
import { asObject, asText, asTexts, isObject, type JsonObject } from "../json";
import type { Store } from "../store";
import { findStrength, multifactorStrength, strengthOf } from "./authentication-strengths";
import { rangesOf } from "./named-locations";
import { graphObject, graphObjects } from "./objects";
import { identitiesOf } from "./principals";

/** A sign-in that Conditional Access decides on. */
export interface SignInAttempt {
  /** Object id of the user. */
  readonly userId: string;
  /** App id of what is signed in to; absent where only an authentication context is asked for. */
  readonly appId?: string | undefined;
  /** Authentication context that is asked for, such as `c1`. */
  readonly context?: string;
  /** Methods used, by Graph's names (`fido2`, `password`, `sms`, ...). */
  readonly methods: readonly string[];
  readonly clientAppType: string;
  readonly platform?: string;
  readonly ipAddress?: string;
  readonly compliantDevice: boolean;
}

/** What one policy made of a sign-in, by the names of Graph's sign-in log (`appliedConditionalAccessPolicy`). */
export interface PolicyVerdict {
  readonly id: string;
  readonly displayName: string;
  readonly result:
    | "success"
    | "failure"
    | "notApplied"
    | "notEnabled"
    | "reportOnlySuccess"
    | "reportOnlyFailure"
    | "reportOnlyNotApplied";
  /** Controls that the policy asks for. */
  readonly enforcedGrantControls: readonly string[];
  /** Why the policy does not apply, or which control is not met. */
  readonly because: string;
}

function includes(list: unknown, value: string): boolean {
  return asTexts(list).some((item) => item.toLowerCase() === value.toLowerCase());
}

function meansUser(
  store: Store,
  users: JsonObject,
  userId: string,
  side: "include" | "exclude",
): boolean {
  const user = graphObject(store, "users", userId)?.body;
  const isGuest = user?.userType === "Guest";
  const identities = identitiesOf(store, userId);
  const named = users[`${side}Users`];
  return (
    includes(named, "All") ||
    (isGuest &&
      (includes(named, "GuestsOrExternalUsers") ||
        isObject(users[`${side}GuestsOrExternalUsers`]))) ||
    includes(named, userId) ||
    asTexts(users[`${side}Groups`]).some((group) => identities.has(group.toLowerCase()))
  );
}

function isIn(address: string, range: string): boolean {
  if (!isValid(address) || !isValidCIDR(range)) return false;
  const parsed: IPv4 | IPv6 = parse(address);
  const [base, bits] = parseCIDR(range);
  return parsed.kind() === base.kind() && parsed.match([base, bits] as never);
}

function meansLocation(store: Store, list: unknown, address: string | undefined): boolean {
  return asTexts(list).some((id) => {
    if (/^All$/i.test(id)) return true;
    if (address === undefined) return false;
    const locations = /^AllTrusted$/i.test(id)
      ? graphObjects(store, "namedLocations").filter(({ body }) => body.isTrusted === true)
      : [graphObject(store, "namedLocations", id)].filter((item) => item !== undefined);
    return locations.some(({ body }) => rangesOf(body).some((range) => isIn(address, range)));
  });
}

/** Why a policy does not apply to a sign-in; undefined where it does. */
function whyNot(store: Store, policy: JsonObject, attempt: SignInAttempt): string | undefined {
  const conditions = asObject(policy.conditions);
  const users = asObject(conditions.users);
  if (!meansUser(store, users, attempt.userId, "include")) return "the user is not included";
  if (meansUser(store, users, attempt.userId, "exclude")) return "the user is excluded";

  const applications = asObject(conditions.applications);
  const asked =
    attempt.context !== undefined
      ? includes(applications.includeAuthenticationContextClassReferences, attempt.context)
      : includes(applications.includeApplications, "All") ||
        includes(applications.includeApplications, attempt.appId ?? "");
  if (!asked) return "the application is not included";
  if (attempt.appId !== undefined && includes(applications.excludeApplications, attempt.appId)) {
    return "the application is excluded";
  }
  const clients = conditions.clientAppTypes;
  if (!includes(clients, "all") && !includes(clients, attempt.clientAppType))
    return "the client is not included";

  const platforms = conditions.platforms;
  if (isObject(platforms)) {
    const platform = attempt.platform ?? "";
    if (
      !includes(platforms.includePlatforms, "all") &&
      !includes(platforms.includePlatforms, platform)
    ) {
      return "the platform is not included";
    }
    if (includes(platforms.excludePlatforms, platform)) return "the platform is excluded";
  }
  const locations = conditions.locations;
  if (isObject(locations)) {
    if (!meansLocation(store, locations.includeLocations, attempt.ipAddress))
      return "the location is not included";
    if (meansLocation(store, locations.excludeLocations, attempt.ipAddress))
      return "the location is excluded";
  }
  // Conditions that are not played count as not met: a policy must not seem to protect where it may not.
  for (const name of ["userRiskLevels", "signInRiskLevels"]) {
    if (asTexts(conditions[name]).length > 0) return `the condition ${name} is not simulated`;
  }
  for (const name of ["devices", "clientApplications", "authenticationFlows"]) {
    if (isObject(conditions[name])) return `the condition ${name} is not simulated`;
  }
  return undefined;
}

/** Whether the methods of a sign-in satisfy a strength: all methods of one of its combinations were used. */
export function satisfies(strength: JsonObject | undefined, methods: readonly string[]): boolean {
  return asTexts(strength?.allowedCombinations).some((combination) =>
    combination
      .split(",")
      .every((method) => methods.some((used) => used.toLowerCase() === method.toLowerCase())),
  );
}

/** Whether a sign-in was multifactor. */
export function isMultifactor(store: Store, methods: readonly string[]): boolean {
  return satisfies(findStrength(store, multifactorStrength), methods);
}

interface Control {
  readonly name: string;
  readonly met: boolean;
}

function controlsOf(store: Store, policy: JsonObject, attempt: SignInAttempt): Control[] {
  const grant = asObject(policy.grantControls);
  const strength = strengthOf(policy);
  const found = strength === undefined ? undefined : findStrength(store, strength);
  return [
    ...asTexts(grant.builtInControls).map((name) => ({
      name,
      met:
        (name === "mfa" && isMultifactor(store, attempt.methods)) ||
        (name === "compliantDevice" && attempt.compliantDevice),
    })),
    ...(strength === undefined
      ? []
      : [{ name: asText(found?.displayName) ?? strength, met: satisfies(found, attempt.methods) }]),
    ...asTexts(grant.termsOfUse).map((name) => ({ name, met: false })),
    ...asTexts(grant.customAuthenticationFactors).map((name) => ({ name, met: false })),
  ];
}

/** What one policy makes of a sign-in. */
export function verdictOf(store: Store, policy: JsonObject, attempt: SignInAttempt): PolicyVerdict {
  const reportOnly = policy.state === "enabledForReportingButNotEnforced";
  const controls = controlsOf(store, policy, attempt);
  const verdict = (result: PolicyVerdict["result"], because: string): PolicyVerdict => ({
    id: asText(policy.id) ?? "",
    displayName: asText(policy.displayName) ?? "",
    result,
    enforcedGrantControls: controls.map((control) => control.name),
    because,
  });
  if (policy.state === "disabled") return verdict("notEnabled", "the policy is disabled");
  const reason = whyNot(store, policy, attempt);
  if (reason !== undefined)
    return verdict(reportOnly ? "reportOnlyNotApplied" : "notApplied", reason);
  const unmet = controls.filter((control) => !control.met).map((control) => control.name);
  const every = asObject(policy.grantControls).operator !== "OR";
  const passed = every
    ? unmet.length === 0
    : controls.length === 0 || unmet.length < controls.length;
  if (passed)
    return verdict(reportOnly ? "reportOnlySuccess" : "success", "every control asked for is met");
  return verdict(reportOnly ? "reportOnlyFailure" : "failure", `not met: ${unmet.join(", ")}`);
}

/** What every policy of the tenant makes of a sign-in; one `failure` is enough to refuse it. */
export function verdicts(store: Store, attempt: SignInAttempt): PolicyVerdict[] {
  return graphObjects(store, "conditionalAccessPolicies").map((item) =>
    verdictOf(store, item.body, attempt),
  );
}
