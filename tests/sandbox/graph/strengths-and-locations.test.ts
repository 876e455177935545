import { expect } from "chai";
import { asText, type JsonObject } from "../../../sandbox/azure/json";
import {
  answered,
  azureManagement,
  id,
  items,
  onAzure,
  operators,
  refusal,
  type TestAzure,
} from "../tenant/simulated-tenant";

const strengths = "policies/authenticationStrengthPolicies";
const locations = "identity/conditionalAccess/namedLocations";
const builtIn = (number: number) => `00000000-0000-0000-0000-00000000000${number}`;

async function policyWith(
  azure: TestAzure,
  grantControls: JsonObject,
  extra: JsonObject = {},
): Promise<string> {
  const body = {
    displayName: "jump hosts",
    state: "disabled",
    conditions: {
      users: { includeGroups: [operators] },
      applications: { includeApplications: [azureManagement] },
      ...extra,
    },
    grantControls,
  };
  return (
    asText(
      answered(await azure.graph("POST", "identity/conditionalAccess/policies", body), 201).id,
    ) ?? ""
  );
}

describe("simulated authentication strengths", () => {
  // https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies
  it(
    "hold Microsoft's three, of which the phishing-resistant one allows three methods",
    onAzure(async (azure) => {
      const found = items(await azure.graph("GET", strengths));
      expect(found.map((item) => item.displayName)).to.deep.equal([
        "Multifactor authentication",
        "Passwordless MFA",
        "Phishing-resistant MFA",
      ]);
      const strongest = answered(await azure.graph("GET", `${strengths}/${builtIn(4)}`), 200);
      expect(strongest.allowedCombinations).to.deep.equal([
        "windowsHelloForBusiness",
        "fido2",
        "x509CertificateMultiFactor",
      ]);
    }),
  );

  it(
    "are made, renamed, narrowed and deleted",
    onAzure(async (azure) => {
      const made = answered(
        await azure.graph("POST", strengths, {
          displayName: "keys only",
          allowedCombinations: ["fido2", "windowsHelloForBusiness"],
        }),
        201,
      );
      expect(made).to.include({ policyType: "custom", requirementsSatisfied: "mfa" });
      const path = `${strengths}/${asText(made.id) ?? ""}`;
      expect((await azure.graph("PATCH", path, { displayName: "security keys" })).status).to.equal(
        204,
      );
      const narrowed = answered(
        await azure.graph("POST", `${path}/updateAllowedCombinations`, {
          allowedCombinations: ["fido2"],
        }),
        200,
      );
      expect(narrowed).to.deep.include({
        currentCombinations: ["fido2"],
        previousCombinations: ["fido2", "windowsHelloForBusiness"],
      });
      expect(answered(await azure.graph("GET", path), 200)).to.deep.include({
        displayName: "security keys",
        allowedCombinations: ["fido2"],
      });
      expect((await azure.graph("DELETE", path)).status).to.equal(204);
      refusal(await azure.graph("GET", path), 404, "Request_ResourceNotFound");
    }),
  );

  it(
    "refuse combinations that are none, and an empty list of them",
    onAzure(async (azure) => {
      for (const allowedCombinations of [["fido3"], [], ["fido2,sms"]]) {
        refusal(
          await azure.graph("POST", strengths, { displayName: "odd", allowedCombinations }),
          400,
          "BadRequest",
        );
      }
      refusal(
        await azure.graph("POST", strengths, { allowedCombinations: ["fido2"] }),
        400,
        "BadRequest",
      );
    }),
  );

  it(
    "refuse to change their combinations by PATCH",
    onAzure(async (azure) => {
      const made = answered(
        await azure.graph("POST", strengths, {
          displayName: "keys",
          allowedCombinations: ["fido2"],
        }),
        201,
      );
      refusal(
        await azure.graph("PATCH", `${strengths}/${asText(made.id) ?? ""}`, {
          allowedCombinations: ["sms"],
        }),
        400,
        "BadRequest",
      );
    }),
  );

  it(
    "stay while a Conditional Access policy uses them",
    onAzure(async (azure) => {
      const made = answered(
        await azure.graph("POST", strengths, {
          displayName: "keys",
          allowedCombinations: ["fido2"],
        }),
        201,
      );
      const path = `${strengths}/${asText(made.id) ?? ""}`;
      const policy = await policyWith(azure, {
        operator: "OR",
        authenticationStrength: { id: made.id },
      });
      const error = refusal(await azure.graph("DELETE", path), 400, "BadRequest");
      expect(error.message).to.contain("'jump hosts'");
      expect(
        (answered(await azure.graph("GET", `${path}/usage`), 200).mfa as JsonObject[]).map(
          (item) => item.id,
        ),
      ).to.deep.equal([policy]);
      await azure.graph("DELETE", `identity/conditionalAccess/policies/${policy}`);
      expect((await azure.graph("DELETE", path)).status).to.equal(204);
    }),
  );

  it(
    "that are built in can be neither changed nor deleted",
    onAzure(async (azure) => {
      refusal(await azure.graph("DELETE", `${strengths}/${builtIn(4)}`), 403, "Forbidden");
      refusal(
        await azure.graph("PATCH", `${strengths}/${builtIn(4)}`, { displayName: "mine" }),
        403,
        "Forbidden",
      );
      refusal(
        await azure.graph("POST", `${strengths}/${builtIn(4)}/updateAllowedCombinations`, {
          allowedCombinations: ["sms"],
        }),
        403,
        "Forbidden",
      );
    }),
  );
});

describe("simulated named locations", () => {
  const office = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    displayName: "office",
    isTrusted: true,
    ipRanges: [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "203.0.113.0/24" }],
  };

  it(
    "are made, read and listed, of addresses and of countries",
    onAzure(async (azure) => {
      const made = answered(await azure.graph("POST", locations, office), 201);
      const country = {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        displayName: "home",
        countriesAndRegions: ["NL"],
      };
      expect(answered(await azure.graph("POST", locations, country), 201)).to.include({
        countryLookupMethod: "clientIpAddress",
      });
      expect(
        answered(await azure.graph("GET", `${locations}/${asText(made.id) ?? ""}`), 200),
      ).to.deep.include({ displayName: "office", ipRanges: office.ipRanges });
      expect(items(await azure.graph("GET", locations))).to.have.length(2);
    }),
  );

  it(
    "refuse ranges that are none, countries that are missing and kinds that nobody knows",
    onAzure(async (azure) => {
      refusal(
        await azure.graph("POST", locations, {
          ...office,
          ipRanges: [{ cidrAddress: "203.0.113.0" }],
        }),
        400,
        "BadRequest",
      );
      refusal(await azure.graph("POST", locations, { ...office, ipRanges: [] }), 400, "BadRequest");
      refusal(
        await azure.graph("POST", locations, { ...office, displayName: "" }),
        400,
        "BadRequest",
      );
      refusal(
        await azure.graph("POST", locations, {
          "@odata.type": "#microsoft.graph.countryNamedLocation",
          displayName: "x",
        }),
        400,
        "BadRequest",
      );
      refusal(await azure.graph("POST", locations, { displayName: "x" }), 400, "BadRequest");
    }),
  );

  it(
    "cannot be deleted while they are trusted or used",
    onAzure(async (azure) => {
      const name = asText(answered(await azure.graph("POST", locations, office), 201).id) ?? "";
      const policy = await policyWith(
        azure,
        { operator: "OR", builtInControls: ["mfa"] },
        { locations: { includeLocations: ["All"], excludeLocations: [name] } },
      );
      refusal(await azure.graph("DELETE", `${locations}/${name}`), 400, "BadRequest");
      expect(
        (await azure.graph("PATCH", `${locations}/${name}`, { isTrusted: false })).status,
      ).to.equal(204);
      refusal(await azure.graph("DELETE", `${locations}/${name}`), 400, "BadRequest");
      await azure.graph("DELETE", `identity/conditionalAccess/policies/${policy}`);
      expect((await azure.graph("DELETE", `${locations}/${name}`)).status).to.equal(204);
      refusal(
        await azure.graph("DELETE", `${locations}/${id(1)}`),
        404,
        "Request_ResourceNotFound",
      );
    }),
  );
});
