import { expect } from "chai";
import fc from "fast-check";
import { checkGroups, groupsOf, type NamedGroup } from "../../components/model/access-groups";
import {
  checkCombinations,
  PHISHING_RESISTANT,
  PHISHING_RESISTANT_STRENGTH,
} from "../../components/model/authentication-strength";
import { checkSignIn, policyDocument } from "../../components/model/conditional-access";
import { LOGIN_ROLES, READER_ROLE_ID, roleDefinitionId } from "../../components/model/login-roles";
import {
  checkActivation,
  checkEligibility,
  hoursDuration,
  policyRules,
  scheduleInfo,
} from "../../components/model/pim-policy";
import { audienceOf, resourceManagerOf } from "../../components/model/resource-manager";
import { appsFor, SIGN_IN_APPS } from "../../components/model/sign-in-apps";

describe("ids that Microsoft fixed", () => {
  it("of the sign-in apps are those of the Entra pages, none swapped", () => {
    expect(
      Object.fromEntries(Object.values(SIGN_IN_APPS).map(({ name, appId }) => [name, appId])),
    ).to.deep.equal({
      "Microsoft Azure Windows Virtual Machine Sign-in": "372140e0-b3b7-4226-8ef9-d57986796201",
      "Microsoft Azure Linux Virtual Machine Sign-In": "ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0",
      "Microsoft Remote Desktop": "a4a365df-50f1-4397-bc59-1a1564b8bb9c",
      "Windows Cloud Login": "270efc09-cd0d-444b-a71f-39af4910ec45",
      "Windows Azure Service Management API": "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    });
  });

  it("of the roles are those of the built-in roles page", () => {
    expect(LOGIN_ROLES).to.deep.equal({
      users: { name: "Virtual Machine User Login", id: "fb879df8-f326-4884-b1cf-06f3ad86be52" },
      administrators: {
        name: "Virtual Machine Administrator Login",
        id: "1c0163c0-47e6-4577-8991-ea5c82e286e4",
      },
    });
    expect(READER_ROLE_ID).to.equal("acdd72a7-3385-48ef-bd42-f606fba81ae7");
    expect(roleDefinitionId("s", "r")).to.equal(
      "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r",
    );
  });

  it("of the built-in strength is number four, with three methods", () => {
    expect(PHISHING_RESISTANT_STRENGTH).to.equal("00000000-0000-0000-0000-000000000004");
    expect([...PHISHING_RESISTANT]).to.deep.equal([
      "fido2",
      "windowsHelloForBusiness",
      "x509CertificateMultiFactor",
    ]);
  });

  it("cover Azure management always, remote desktop with Windows only", () => {
    expect(appsFor(["linux"]).map(({ name }) => name)).to.deep.equal([
      "Windows Azure Service Management API",
      "Microsoft Azure Linux Virtual Machine Sign-In",
    ]);
    expect(appsFor(["linux", "windows"])).to.have.length(5);
  });
});

describe("a Conditional Access document", () => {
  const choice = {
    stage: "reportOnly" as const,
    applications: ["b", "a"],
    includedGroups: ["g"],
    excludedGroups: ["e"],
    strength: "/s",
  };

  it("has stable lists, one strength, and no MFA beside it", () => {
    expect(policyDocument(choice)).to.deep.equal({
      state: "enabledForReportingButNotEnforced",
      conditions: {
        clientAppTypes: ["all"],
        applications: { includedApplications: ["a", "b"] },
        users: { includedGroups: ["g"], excludedGroups: ["e"] },
      },
      grantControls: { operator: "OR", authenticationStrengthPolicyId: "/s" },
    });
  });

  it("asks again after hours where that is chosen", () => {
    expect(policyDocument({ ...choice, signInFrequencyHours: 4 }).sessionControls).to.deep.equal({
      signInFrequency: 4,
      signInFrequencyPeriod: "hours",
      signInFrequencyInterval: "timeBased",
    });
  });

  it("is refused for hours that are none, an unknown stage, an unknown app", () => {
    const issues = checkSignIn({
      stage: "on" as "enforced",
      createMissing: ["teams" as "remoteDesktop"],
      signInFrequency: { hours: 24 },
    });
    expect(issues.map(({ path }) => path)).to.deep.equal([
      "stage",
      "createMissing[0]",
      "signInFrequency.hours",
    ]);
    expect(checkCombinations([], "x")).to.have.length(1);
    expect(checkCombinations(["fido2", "fido2"], "x").map(({ path }) => path)).to.deep.equal([
      "x[1]",
    ]);
  });
});

describe("rules of an activation", () => {
  it("turn half hours into durations that add up again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), (halves) => {
        const match = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(hoursDuration(halves / 2));
        expect(Number(match?.[1] ?? 0) * 2 + Number(match?.[2] ?? 0) / 30).to.equal(halves);
        expect(checkActivation({ maxHours: halves / 2 }, "")).to.deep.equal([]);
      }),
    );
  });

  it("refuse hours outside 0.5 to 24, and between half hours", () => {
    for (const maxHours of [0, 0.25, 1.2, 24.5, -1, Number.NaN, Infinity]) {
      expect(
        checkActivation({ maxHours }, "a").map(({ path }) => path),
        String(maxHours),
      ).to.deep.equal(["a.maxHours"]);
    }
  });

  it("ask for MFA unless a context takes its place, and a ticket only where asked", () => {
    const enabled = (activation: object): unknown =>
      policyRules({ role: "users", activation, approvers: [] }).find(
        ({ id }) => id === "Enablement_EndUser_Assignment",
      )?.enabledRules;
    expect(enabled({})).to.deep.equal(["MultiFactorAuthentication", "Justification"]);
    expect(enabled({ ticket: true, justification: false })).to.deep.equal([
      "MultiFactorAuthentication",
      "Ticketing",
    ]);
    expect(enabled({ authenticationContext: "c1", ticket: true })).to.deep.equal([
      "Justification",
      "Ticketing",
    ]);
  });

  it("bound the policy's eligibility by the schedule's own length, so that Azure takes it", () => {
    const rule = policyRules({ role: "users", eligibility: { days: 30 }, approvers: [] }).find(
      ({ id }) => id === "Expiration_Admin_Eligibility",
    );
    expect(rule).to.include({ isExpirationRequired: true, maximumDuration: "P30D" });
    expect(scheduleInfo({ days: 30 })).to.deep.equal({
      expiration: { type: "AfterDuration", duration: "P30D" },
    });
    expect(scheduleInfo({ startsOn: "2026-01-31" })).to.deep.equal({
      startDateTime: "2026-01-31T00:00:00Z",
      expiration: { type: "AfterDuration", duration: "P365D" },
    });
  });

  it("take days that exist", () => {
    for (const startsOn of ["2026-02-29", "2026-13-01", "tomorrow", "2026-1-1"]) {
      expect(checkEligibility({ startsOn }, ""), startsOn).to.have.length(1);
    }
    expect(checkEligibility({ startsOn: "2028-02-29", days: 365 }, "")).to.deep.equal([]);
    for (const days of [0, 366, 1.5])
      expect(checkEligibility({ days }, ""), String(days)).to.have.length(1);
  });
});

describe("groups of an environment", () => {
  const id = (n: number): string => `33333333-0000-4000-8000-00000000000${n}`;
  const group = (
    use: NamedGroup<string>["use"],
    key: string,
    n: number,
    path = `access.users.groups.${key}`,
  ): NamedGroup<string> => ({ use, key, id: id(n), path });

  it("may share a name and an id in two places, when both are the same", () => {
    expect(
      checkGroups([
        group("access", "ops", 1, "access.users.groups.ops"),
        group("access", "ops", 1, "access.administrators.groups.ops"),
      ]),
    ).to.deep.equal([]);
  });

  it("are refused when one name stands for two, or two names for one", () => {
    expect(
      checkGroups([group("access", "a", 1), group("access", "b", 1)]).map(({ problem }) => problem),
    ).to.deep.equal([`"${id(1)}" is named "a" at access.users.groups.a; a group has one name`]);
    expect(checkGroups([group("access", "a", 1), group("access", "a", 2, "x")])).to.have.length(1);
  });

  it("are refused when they approve themselves in one role, and may approve another role's", () => {
    const access = { users: { groups: { ops: id(1) }, approverGroups: { ops: id(1) } } };
    expect(checkGroups(groupsOf(access, "access")).map(({ path }) => path)).to.deep.equal([
      "access.users.approverGroups.ops",
    ]);
    const across = {
      users: { groups: { ops: id(1) } },
      administrators: { groups: { admins: id(2) }, approverGroups: { ops: id(1) } },
    };
    expect(checkGroups(groupsOf(across, "access"))).to.deep.equal([]);
  });

  it("never hold break-glass, compared without case", () => {
    const upper = { ...group("access", "ops", 1), id: "ABCDEF00-0000-4000-8000-000000000001" };
    const glass = {
      ...group("breakGlass", "breakGlass", 1, "signIn.breakGlass.groupId"),
      id: upper.id.toLowerCase(),
    };
    expect(checkGroups([glass, upper])).to.have.length(1);
  });

  it("are not judged while their id is not known", () => {
    expect(
      checkGroups([
        { ...group("access", "a", 1), id: { later: true } },
        group("breakGlass", "b", 1),
      ]),
    ).to.deep.equal([]);
  });
});

describe("where a token is sent", () => {
  const token = (payload: unknown): string =>
    `h.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.s`;

  it("is the Resource Manager of its own cloud", () => {
    const cases: [string, string][] = [
      ["https://management.azure.com/", "https://management.azure.com"],
      ["https://management.core.windows.net/", "https://management.azure.com"],
      ["https://management.usgovcloudapi.net", "https://management.usgovcloudapi.net"],
      ["https://management.core.chinacloudapi.cn", "https://management.chinacloudapi.cn"],
      ["http://127.0.0.1:4711/", "http://127.0.0.1:4711"],
    ];
    for (const [aud, manager] of cases)
      expect(resourceManagerOf(audienceOf(token({ aud }))), aud).to.equal(manager);
  });

  it("is nowhere for any other audience, and for what is no token", () => {
    for (const aud of [
      "https://graph.microsoft.com",
      "https://management.azure.com.evil.example",
      "http://management.azure.com",
      "http://127.0.0.1.evil.example",
      "api://x",
      "",
    ]) {
      expect(resourceManagerOf(audienceOf(token({ aud }))), aud).to.equal(undefined);
    }
    for (const none of ["", "abc", "a.b.c", token({}), token({ aud: 1 })])
      expect(audienceOf(none), none).to.equal(undefined);
  });
});
