import { expect } from "chai";
import {
  asObject,
  asText,
  asTexts,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../../sandbox/azure/json";
import {
  ada,
  administratorLogin,
  administrators,
  answered,
  azureManagement,
  contributor,
  emergency,
  firstEmergency,
  id,
  linuxSignIn,
  observability,
  olga,
  onAzure,
  operators,
  owner,
  refusal,
  remoteDesktop,
  roleId,
  subscription,
  uma,
  userLogin,
  type TestAzure,
} from "../tenant/simulated-tenant";
import { tenantWith } from "../tenant/simulated-tenant";

const phishingResistant = {
  operator: "OR",
  authenticationStrength: { id: "00000000-0000-0000-0000-000000000004" },
};

async function policy(azure: TestAzure, changes: JsonObject = {}): Promise<string> {
  const body = {
    displayName: "jump hosts",
    state: "enabled",
    conditions: {
      clientAppTypes: ["all"],
      users: { includeGroups: [operators, administrators], excludeGroups: [emergency] },
      applications: { includeApplications: [azureManagement, linuxSignIn, remoteDesktop] },
    },
    grantControls: phishingResistant,
    ...changes,
  };
  return (
    asText(
      answered(await azure.graph("POST", "identity/conditionalAccess/policies", body), 201).id,
    ) ?? ""
  );
}

function verdict(answer: JsonObject): JsonObject {
  const [only] = objectsAt(answer, "appliedConditionalAccessPolicies");
  return asObject(only);
}

describe("simulated sign-in under Conditional Access", () => {
  const attempt = { user: olga, application: linuxSignIn };

  it(
    "passes with a method of the strength and is refused with any other, by the policy it names",
    onAzure(async (azure) => {
      await policy(azure);
      const passed = await azure.signIn({ ...attempt, methods: ["fido2"] });
      expect(passed).to.deep.include({
        simulated: true,
        granted: true,
        conditionalAccessStatus: "success",
        decidedBy: [],
      });
      for (const methods of [
        ["password"],
        ["password", "sms"],
        ["password", "microsoftAuthenticatorPush"],
        [],
      ]) {
        const refused = await azure.signIn({ ...attempt, methods });
        expect(refused).to.deep.include({
          granted: false,
          errorCode: "AADSTS50076",
          decidedBy: ["jump hosts"],
        });
        expect(refused).not.to.have.property("accessToken");
        expect(verdict(refused)).to.deep.include({
          result: "failure",
          because: "not met: Phishing-resistant MFA",
        });
      }
    }),
  );

  it(
    "is refused by a policy that is enforced, and only reported by one that is not",
    onAzure(async (azure) => {
      const name = await policy(azure, { state: "enabledForReportingButNotEnforced" });
      const reported = await azure.signIn({ ...attempt, methods: ["password"] });
      expect(reported).to.deep.include({
        granted: true,
        conditionalAccessStatus: "notApplied",
        wouldHaveRefused: ["jump hosts"],
      });
      expect(verdict(reported).result).to.equal("reportOnlyFailure");
      expect(verdict(await azure.signIn({ ...attempt, methods: ["fido2"] })).result).to.equal(
        "reportOnlySuccess",
      );
      await azure.graph("PATCH", `identity/conditionalAccess/policies/${name}`, {
        state: "disabled",
      });
      expect(verdict(await azure.signIn({ ...attempt, methods: ["password"] })).result).to.equal(
        "notEnabled",
      );
      await azure.graph("PATCH", `identity/conditionalAccess/policies/${name}`, {
        state: "enabled",
      });
      expect((await azure.signIn({ ...attempt, methods: ["password"] })).granted).to.equal(false);
    }),
  );

  for (const [who, user, application, because] of [
    ["users in no included group", uma, linuxSignIn, "the user is not included"],
    [
      "other applications",
      olga,
      "270efc09-cd0d-444b-a71f-39af4910ec45",
      "the application is not included",
    ],
  ] as const) {
    it(
      `does not concern ${who}`,
      onAzure(async (azure) => {
        await policy(azure);
        const answer = await azure.signIn({ user, application, methods: ["password"] });
        expect(answer.granted).to.equal(true);
        expect(verdict(answer)).to.include({ result: "notApplied", because });
      }),
    );
  }

  it(
    "lets an exclusion win over an inclusion",
    onAzure(async (azure) => {
      await policy(azure, {
        conditions: {
          clientAppTypes: ["all"],
          users: { includeUsers: ["All"], excludeGroups: [emergency] },
          applications: { includeApplications: ["All"] },
        },
      });
      const excluded = await azure.signIn({
        user: firstEmergency,
        application: azureManagement,
        methods: ["password"],
      });
      expect(verdict(excluded)).to.include({
        result: "notApplied",
        because: "the user is excluded",
      });
      expect(
        (await azure.signIn({ user: uma, application: azureManagement, methods: ["password"] }))
          .granted,
      ).to.equal(false);
    }),
  );

  it(
    "asks for every control joined by AND, and for one joined by OR",
    onAzure(async (azure) => {
      const name = await policy(azure, {
        grantControls: { operator: "AND", builtInControls: ["mfa", "compliantDevice"] },
      });
      const signIn = (compliantDevice: boolean, ...methods: string[]) =>
        azure.signIn({ ...attempt, methods, compliantDevice });
      expect((await signIn(false, "password", "sms")).granted).to.equal(false);
      expect((await signIn(true, "password")).granted).to.equal(false);
      expect((await signIn(true, "password", "sms")).granted).to.equal(true);
      await azure.graph("PATCH", `identity/conditionalAccess/policies/${name}`, {
        grantControls: { operator: "OR" },
      });
      expect((await signIn(false, "password", "sms")).granted).to.equal(true);
      expect((await signIn(true, "password")).granted).to.equal(true);
      expect((await signIn(false, "password")).granted).to.equal(false);
    }),
  );

  it(
    "is blocked by a policy that blocks, whatever the methods",
    onAzure(async (azure) => {
      await policy(azure, { grantControls: { operator: "OR", builtInControls: ["block"] } });
      expect(await azure.signIn({ ...attempt, methods: ["fido2"] })).to.include({
        granted: false,
        errorCode: "AADSTS53003",
      });
    }),
  );

  it(
    "heeds locations, platforms and clients",
    onAzure(async (azure) => {
      const office = {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        displayName: "office",
        isTrusted: true,
        ipRanges: [{ cidrAddress: "203.0.113.0/24" }, { cidrAddress: "2001:db8::/32" }],
      };
      answered(await azure.graph("POST", "identity/conditionalAccess/namedLocations", office), 201);
      await policy(azure, {
        conditions: {
          clientAppTypes: ["mobileAppsAndDesktopClients"],
          users: { includeGroups: [operators] },
          applications: { includeApplications: ["All"] },
          locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] },
          platforms: { includePlatforms: ["all"], excludePlatforms: ["iOS"] },
        },
      });
      const because = async (more: JsonObject) =>
        verdict(await azure.signIn({ ...attempt, methods: ["fido2"], ...more })).because;
      expect(await because({ ipAddress: "203.0.113.7" })).to.equal("the location is excluded");
      expect(await because({ ipAddress: "2001:db8::1" })).to.equal("the location is excluded");
      expect(await because({ ipAddress: "198.51.100.1", platform: "iOS" })).to.equal(
        "the platform is excluded",
      );
      expect(await because({ ipAddress: "198.51.100.1", clientAppType: "browser" })).to.equal(
        "the client is not included",
      );
      expect(await because({ ipAddress: "198.51.100.1" })).to.equal(
        "every control asked for is met",
      );
    }),
  );

  it(
    "never counts a policy as protecting whose condition it cannot play",
    onAzure(async (azure) => {
      await policy(azure, {
        conditions: {
          clientAppTypes: ["all"],
          users: { includeGroups: [operators] },
          applications: { includeApplications: ["All"] },
          signInRiskLevels: ["high"],
        },
      });
      const answer = await azure.signIn({ ...attempt, methods: ["password"] });
      expect(answer.granted).to.equal(true);
      expect(verdict(answer)).to.include({
        result: "notApplied",
        because: "the condition signInRiskLevels is not simulated",
      });
    }),
  );

  it(
    "reads an own strength as it stands at the moment",
    onAzure(async (azure) => {
      const path = "policies/authenticationStrengthPolicies";
      const made = answered(
        await azure.graph("POST", path, { displayName: "keys", allowedCombinations: ["fido2"] }),
        201,
      );
      await policy(azure, {
        grantControls: { operator: "OR", authenticationStrength: { id: made.id } },
      });
      const granted = async () =>
        (await azure.signIn({ ...attempt, methods: ["windowsHelloForBusiness"] })).granted;
      expect(await granted()).to.equal(false);
      await azure.graph("POST", `${path}/${asText(made.id) ?? ""}/updateAllowedCombinations`, {
        allowedCombinations: ["fido2", "windowsHelloForBusiness"],
      });
      expect(await granted()).to.equal(true);
    }),
  );

  it(
    "is refused to a disabled account",
    onAzure(
      async (azure) => {
        expect(await azure.signIn({ ...attempt, user: id(1), methods: ["fido2"] })).to.include({
          granted: false,
          errorCode: "AADSTS50057",
        });
      },
      {
        users: [
          ...(tenantWith({}).users as JsonObject[]),
          { id: id(1), userPrincipalName: "gone@contoso.onmicrosoft.com", accountEnabled: false },
        ],
      },
    ),
  );

  it(
    "names everything about a sign-in that it cannot read",
    onAzure(async (azure) => {
      const error = refusal(
        await azure.send("POST", "/signin", { user: "nobody", application: id(9) }),
        400,
        "SimulatedSignIn",
      );
      expect(error.message)
        .to.contain('user: "nobody"')
        .and.to.contain(`application: "${id(9)}"`)
        .and.to.contain("methods: missing");
      refusal(
        await azure.send("POST", "/signin", { user: olga, methods: [] }),
        400,
        "SimulatedSignIn",
      );
    }),
  );
});

const web = `${observability}/providers/Microsoft.Compute/virtualMachines/web`;
const db = `${observability}/providers/Microsoft.Compute/virtualMachines/db`;

function machine(resource: string, osType: "Linux" | "Windows", extension: string): JsonObject[] {
  const name = resource.split("/").pop()!;
  return [
    {
      id: resource,
      type: "Microsoft.Compute/virtualMachines",
      name,
      location: "westeurope",
      properties: { storageProfile: { osDisk: { osType } } },
    },
    {
      id: `${resource}/extensions/${extension}`,
      type: "Microsoft.Compute/virtualMachines/extensions",
      name: extension,
      location: "westeurope",
      properties: { publisher: "Microsoft.Azure.ActiveDirectory", type: extension },
    },
  ];
}

const guest = { id: id(2), userPrincipalName: "guest@fabrikam.example", userType: "Guest" };
const withMachines = (): JsonObject => {
  const tenant = tenantWith({});
  return {
    users: [...(tenant.users as JsonObject[]), guest],
    resources: [
      ...(tenant.resources as JsonObject[]),
      ...machine(web, "Linux", "AADSSHLoginForLinux"),
      ...machine(db, "Windows", "AADLoginForWindows"),
    ],
  };
};

async function assign(
  azure: TestAzure,
  number: number,
  role: string,
  principalId: string,
  principalType: string,
  scope = observability,
): Promise<void> {
  const properties = { roleDefinitionId: roleId(role), principalId, principalType };
  answered(
    await azure.authorization("PUT", scope, `roleAssignments/${id(number)}`, { properties }),
    201,
  );
}

async function atMachine(
  azure: TestAzure,
  user: string,
  virtualMachine = web,
): Promise<JsonObject> {
  return asObject(
    (await azure.signIn({ user, virtualMachine, methods: ["fido2"] })).virtualMachine,
  );
}

describe("simulated sign-in to a virtual machine", () => {
  it(
    "goes to the application of the machine's native client",
    onAzure(async (azure) => {
      expect(
        (await azure.signIn({ user: olga, virtualMachine: web, methods: ["fido2"] })).application,
      ).to.equal(linuxSignIn);
      expect(
        (await azure.signIn({ user: olga, virtualMachine: db, methods: ["fido2"] })).application,
      ).to.equal(remoteDesktop);
    }, withMachines()),
  );

  it(
    "is refused to whoever holds no login role, Owner and Contributor included",
    onAzure(async (azure) => {
      await assign(azure, 1, owner, olga, "User");
      await assign(azure, 2, contributor, olga, "User");
      expect(await atMachine(azure, olga)).to.deep.include({
        granted: false,
        as: "nobody",
        roles: [],
        because: ["no role gives the user a login data action at this moment"],
      });
      expect(
        (await azure.signIn({ user: olga, virtualMachine: web, methods: ["fido2"] })).granted,
      ).to.equal(false);
    }, withMachines()),
  );

  it(
    "is open to a member of a group that holds a login role above the machine",
    onAzure(async (azure) => {
      await assign(azure, 1, userLogin, operators, "Group");
      await assign(azure, 2, administratorLogin, administrators, "Group", subscription);
      const operator = await atMachine(azure, olga);
      expect(operator).to.include({ granted: true, as: "user" });
      expect(objectsAt(operator, "roles")).to.deep.equal([
        {
          role: "Virtual Machine User Login",
          scope: observability,
          through: operators,
          kind: "standing",
        },
      ]);
      expect(await atMachine(azure, ada)).to.include({ granted: true, as: "administrator" });
      expect(await atMachine(azure, uma)).to.include({ granted: false });
    }, withMachines()),
  );

  it(
    "is open to an eligible user only while a role is activated",
    onAzure(async (azure) => {
      const properties = {
        principalId: operators,
        roleDefinitionId: roleId(userLogin),
        requestType: "AdminAssign",
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "P30D" } },
      };
      answered(
        await azure.authorization(
          "PUT",
          observability,
          `roleEligibilityScheduleRequests/${id(1)}`,
          { properties },
        ),
        201,
      );
      expect(await atMachine(azure, olga)).to.include({ granted: false });

      const activation = {
        ...properties,
        principalId: olga,
        requestType: "SelfActivate",
        justification: "restart the service",
        scheduleInfo: { expiration: { type: "AfterDuration", duration: "PT1H" } },
      };
      const token = await azure.token(olga);
      answered(
        await azure.authorization(
          "PUT",
          observability,
          `roleAssignmentScheduleRequests/${id(2)}`,
          { properties: activation },
          { token },
        ),
        201,
      );
      const open = await atMachine(azure, olga);
      expect(open).to.include({ granted: true, as: "user" });
      expect(objectsAt(open, "roles")[0]).to.include({ kind: "activated", through: olga });
      expect(await atMachine(azure, "omar@contoso.onmicrosoft.com")).to.include({ granted: false });
      azure.advance(61);
      expect(await atMachine(azure, olga)).to.include({ granted: false });
    }, withMachines()),
  );

  it(
    "needs the login extension, and is closed to guests",
    onAzure(async (azure) => {
      await assign(azure, 1, userLogin, guest.id, "User");
      expect(asTexts((await atMachine(azure, guest.id)).because)).to.deep.equal([
        "guests cannot sign in to a virtual machine with Entra ID",
      ]);
      azure.azure.store.delete(`${web}/extensions/AADSSHLoginForLinux`);
      expect(asTexts((await atMachine(azure, guest.id)).because)).to.include(
        "the extension AADSSHLoginForLinux is not installed",
      );
    }, withMachines()),
  );

  it(
    "needs Conditional Access to pass as well",
    onAzure(async (azure) => {
      await assign(azure, 1, userLogin, operators, "Group");
      await policy(azure);
      const answer = await azure.signIn({ user: olga, virtualMachine: web, methods: ["password"] });
      expect(answer).to.deep.include({ granted: false, decidedBy: ["jump hosts"] });
      expect(textAt(answer, "virtualMachine.as")).to.equal("user");
    }, withMachines()),
  );

  it(
    "refuses a machine that is none",
    onAzure(async (azure) => {
      refusal(
        await azure.send("POST", "/signin", {
          user: olga,
          virtualMachine: observability,
          methods: [],
        }),
        400,
        "SimulatedSignIn",
      );
    }),
  );
});
