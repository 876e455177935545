import { asText, asTexts, textAt, type JsonObject } from "../json";
import { AzureRefusal } from "../refusal";
import type { AzureRequest, AzureResponse, Simulation } from "../simulation";
import type { Store } from "../store";
import { deleteGraphObject, graphObject, graphObjects, putGraphObject } from "./objects";
import { newId } from "./new-id";
import {
  badRequest,
  bodyOf,
  graphNotFound,
  graphWords,
  many,
  notAllowed,
  one,
  startsWith,
} from "./request";

const phishingResistant = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"];
const passwordless = [...phishingResistant, "deviceBasedPush"];
const multifactor = [
  ...passwordless,
  "temporaryAccessPassOneTime",
  "temporaryAccessPassMultiUse",
  "password,microsoftAuthenticatorPush",
  "password,softwareOath",
  "password,hardwareOath",
  "password,sms",
  "password,voice",
  "federatedMultiFactor",
  "microsoftAuthenticatorPush,federatedSingleFactor",
  "softwareOath,federatedSingleFactor",
  "hardwareOath,federatedSingleFactor",
  "sms,federatedSingleFactor",
  "voice,federatedSingleFactor",
];
/** Combinations of one factor, which a strength may name although they are no multifactor authentication. */
const singleFactor = [
  "x509CertificateSingleFactor",
  "sms",
  "password",
  "federatedSingleFactor",
  "qrCodePin",
];

/** Every combination that a strength may allow: https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy */
export const combinations: readonly string[] = [...multifactor, ...singleFactor];

function builtIn(
  number: number,
  displayName: string,
  description: string,
  allowedCombinations: string[],
): JsonObject {
  return {
    id: `00000000-0000-0000-0000-00000000000${number}`,
    createdDateTime: "2021-12-01T00:00:00Z",
    modifiedDateTime: "2021-12-01T00:00:00Z",
    displayName,
    description,
    policyType: "builtIn",
    requirementsSatisfied: "mfa",
    allowedCombinations,
  };
}

/** Built-in strengths: https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies */
export const builtInStrengths: readonly JsonObject[] = [
  builtIn(
    2,
    "Multifactor authentication",
    "Combinations of methods that satisfy strong authentication, such as a password + SMS",
    multifactor,
  ),
  builtIn(
    3,
    "Passwordless MFA",
    "Passwordless methods that satisfy strong authentication, such as Passwordless sign-in with the Microsoft Authenticator",
    passwordless,
  ),
  builtIn(
    4,
    "Phishing-resistant MFA",
    "Phishing-resistant, Passwordless methods for the strongest authentication, such as a FIDO2 security key",
    phishingResistant,
  ),
];

/** The built-in strength that the grant control `mfa` amounts to. */
export const multifactorStrength = "00000000-0000-0000-0000-000000000002";

/** The strength with this id, built in or the tenant's own. */
export function findStrength(store: Store, id: string): JsonObject | undefined {
  return (
    builtInStrengths.find((strength) => strength.id === id.toLowerCase()) ??
    graphObject(store, "authenticationStrengthPolicies", id)?.body
  );
}

/** Id of the strength that a Conditional Access policy asks for, or undefined. */
export function strengthOf(policy: JsonObject): string | undefined {
  return textAt(policy, "grantControls.authenticationStrength.id")?.toLowerCase();
}

function checkedCombinations(value: unknown): string[] {
  const wanted = asTexts(value);
  if (wanted.length === 0)
    throw badRequest("allowedCombinations must hold at least one combination.");
  const unknown = wanted.find((item) => !combinations.includes(item));
  if (unknown !== undefined)
    throw badRequest(
      `allowedCombinations holds '${unknown}', which is no authentication method combination.`,
    );
  return wanted;
}

function used(store: Store, id: string): JsonObject[] {
  return graphObjects(store, "conditionalAccessPolicies")
    .map((policy) => policy.body)
    .filter((policy) => strengthOf(policy) === id.toLowerCase());
}

function own(store: Store, id: string): JsonObject {
  const found = graphObject(store, "authenticationStrengthPolicies", id);
  if (found !== undefined) return found.body;
  if (findStrength(store, id) === undefined) throw graphNotFound(id);
  throw new AzureRefusal(
    403,
    "Forbidden",
    "A built-in authentication strength cannot be changed or deleted.",
  );
}

function create(request: AzureRequest, simulation: Simulation): AzureResponse {
  const { store, clock } = simulation;
  const sent = bodyOf(request);
  const displayName = asText(sent.displayName) ?? "";
  if (displayName === "") throw badRequest("displayName is missing.");
  const now = clock.now().toISOString();
  const id = newId(store, "authenticationStrengthPolicies", displayName);
  const { body } = putGraphObject(store, "authenticationStrengthPolicies", id, {
    displayName,
    description: asText(sent.description) ?? "",
    policyType: "custom",
    requirementsSatisfied: "mfa",
    allowedCombinations: checkedCombinations(sent.allowedCombinations),
    createdDateTime: now,
    modifiedDateTime: now,
  });
  return one(201, "policies/authenticationStrengthPolicies", body);
}

function change(simulation: Simulation, before: JsonObject, sent: JsonObject): JsonObject {
  const { store, clock } = simulation;
  const id = asText(before.id) ?? "";
  return putGraphObject(store, "authenticationStrengthPolicies", id, {
    ...before,
    ...sent,
    modifiedDateTime: clock.now().toISOString(),
  }).body;
}

/** Authentication strengths: https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy */
export function authenticationStrengthRoute(
  request: AzureRequest,
  simulation: Simulation,
): AzureResponse | undefined {
  const words = graphWords(request.path) ?? [];
  const nested = startsWith(
    words,
    "identity",
    "conditionalAccess",
    "authenticationStrength",
    "policies",
  );
  if (!nested && !startsWith(words, "policies", "authenticationStrengthPolicies")) return undefined;
  const { store } = simulation;
  const [id, action] = words.slice(nested ? 4 : 2);
  if (id === undefined) {
    if (request.method === "POST") return create(request, simulation);
    if (request.method !== "GET") throw notAllowed(request);
    const own = graphObjects(store, "authenticationStrengthPolicies").map((item) => item.body);
    return many(request, "policies/authenticationStrengthPolicies", [...builtInStrengths, ...own]);
  }
  if (action?.toLowerCase() === "updateallowedcombinations" && request.method === "POST") {
    const before = own(store, id);
    const currentCombinations = checkedCombinations(bodyOf(request).allowedCombinations);
    change(simulation, before, { allowedCombinations: currentCombinations });
    const previousCombinations = asTexts(before.allowedCombinations);
    return {
      status: 200,
      body: { currentCombinations, previousCombinations, additionalInformation: "" },
    };
  }
  if (action?.toLowerCase() === "usage" && request.method === "GET") {
    return { status: 200, body: { mfa: used(store, id), none: [] } };
  }
  if (action !== undefined) throw notAllowed(request);
  switch (request.method) {
    case "GET": {
      const found = findStrength(store, id);
      if (found === undefined) throw graphNotFound(id);
      return one(200, "policies/authenticationStrengthPolicies", found);
    }
    case "PATCH": {
      const { displayName, description, ...others } = bodyOf(request);
      if ("allowedCombinations" in others) {
        throw badRequest(
          "allowedCombinations is changed by updateAllowedCombinations, not by PATCH.",
        );
      }
      const before = own(store, id);
      change(simulation, before, {
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
      });
      return { status: 204 };
    }
    case "DELETE": {
      own(store, id);
      const policies = used(store, id).map((policy) => `'${asText(policy.displayName) ?? ""}'`);
      if (policies.length > 0) {
        throw badRequest(
          `The authentication strength policy is used by the Conditional Access policies ${policies.join(", ")} and cannot be deleted.`,
        );
      }
      deleteGraphObject(store, "authenticationStrengthPolicies", id);
      return { status: 204 };
    }
  }
  throw notAllowed(request);
}
