import { PHISHING_RESISTANT, PHISHING_RESISTANT_STRENGTH } from "../authentication-strength";
import type { GraphIndex } from "../graph/graph-index";
import { Hidden, type Unread } from "../graph/resource-graph";
import type { Grant, Names, Strength } from "./access-estate";
import { everyKnown, isKnown, type Known, Unknown } from "./known";
import { readerOf } from "./part";
import type { PropertyReader } from "./property-reader";

const STRENGTH = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy";

/**
 * Built-in strengths by the end of their id. The second and the third take methods besides that can be
 * relayed; one of each is enough to tell them from the fourth.
 * Source: https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies
 */
const BUILT_IN: readonly (Strength & { readonly id: string })[] = [
  {
    id: "00000000-0000-0000-0000-000000000002",
    name: "Multifactor authentication",
    combinations: [...PHISHING_RESISTANT, "deviceBasedPush", "password,sms"],
  },
  {
    id: "00000000-0000-0000-0000-000000000003",
    name: "Passwordless MFA",
    combinations: [...PHISHING_RESISTANT, "deviceBasedPush"],
  },
  {
    id: PHISHING_RESISTANT_STRENGTH,
    name: "Phishing-resistant MFA",
    combinations: PHISHING_RESISTANT,
  },
];

/** Strengths by the end of their id, those of the program by their URN too. */
export type Strengths = ReadonlyMap<string, Strength>;

export function readStrengths(index: GraphIndex, unread: Unread[]): Strengths {
  const strengths = new Map<string, Strength>(BUILT_IN.map((strength) => [strength.id, strength]));
  for (const resource of index.ofType(STRENGTH)) {
    const texts = readerOf(resource, unread, "identity").texts("allowedCombinations");
    const strength = {
      name: resource.name,
      combinations: isKnown(texts) ? everyKnown(texts) : texts,
    };
    strengths.set(resource.urn, strength);
    if (resource.id !== undefined) strengths.set(lastPart(resource.id), strength);
  }
  return strengths;
}

function lastPart(id: string): string {
  return id.toLowerCase().split("/").pop() ?? "";
}

/** What a policy asks for. Undefined where it has session controls only. */
export function readGrant(
  policy: PropertyReader,
  strengths: Strengths,
  index: GraphIndex,
): Known<Grant | undefined> {
  const controls = policy.object("grantControls");
  if (controls === undefined || !isKnown(controls)) return controls;
  const factors = controls.texts("customAuthenticationFactors");
  const terms = controls.texts("termsOfUses");
  const known = ["operator", "builtInControls", "authenticationStrengthPolicyId"];
  const odd = controls
    .others(...known, "customAuthenticationFactors", "termsOfUses")
    .map((key) => controls.odd(key, "is not understood"));
  return {
    operator: operator(controls),
    builtIn: controls.texts("builtInControls"),
    strength: strengthOf(controls, strengths, index),
    other: joined(factors, terms, odd),
  };
}

function joined(one: Names, other: Names, odd: readonly Unknown[]): Names {
  if (!isKnown(one)) return one;
  return isKnown(other) ? [...one, ...other, ...odd] : other;
}

function operator(controls: PropertyReader): Grant["operator"] {
  const text = controls.text("operator");
  if (!isKnown(text)) return text;
  const found = (["AND", "OR"] as const).find((word) => word === text?.toUpperCase());
  return found ?? controls.odd("operator", `"${text ?? ""}" is no operator`);
}

function strengthOf(
  controls: PropertyReader,
  strengths: Strengths,
  index: GraphIndex,
): Known<Strength | undefined> {
  const value = controls.value("authenticationStrengthPolicyId");
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") {
    const id = lastPart(value);
    const name = `the authentication strength ${id}`;
    return (
      strengths.get(id) ?? { name, combinations: new Unknown(`${name} is not in the program`) }
    );
  }
  if (!(value instanceof Hidden)) {
    return controls.odd("authenticationStrengthPolicyId", "is not a text");
  }
  const [source, another] = index.sourcesOf(controls.resource, "grantControls", [STRENGTH]);
  const own = source === undefined || another !== undefined ? undefined : strengths.get(source.urn);
  return own ?? new Unknown("the authentication strength is not known before deployment");
}
