import { expect } from "chai";
import { asText } from "../../../sandbox/azure/json";
import {
  administrators,
  answered,
  deployer,
  id,
  items,
  linuxSignIn,
  olga,
  omar,
  onAzure,
  operators,
  petra,
  refusal,
} from "../tenant/simulated-tenant";

describe("simulated service principals", () => {
  it(
    "of Microsoft's applications are made by their app id",
    onAzure(
      async (azure) => {
        expect(
          items(await azure.graph("GET", `servicePrincipals?$filter=appId eq '${linuxSignIn}'`)),
        ).to.deep.equal([]);
        const made = answered(
          await azure.graph("POST", "servicePrincipals", { appId: linuxSignIn }),
          201,
        );
        expect(made).to.include({
          appId: linuxSignIn,
          displayName: "Microsoft Azure Linux Virtual Machine Sign-In",
        });
        const byKey = await azure.graph("GET", `servicePrincipals(appId='${linuxSignIn}')`);
        expect(answered(byKey, 200).id).to.equal(made.id);
      },
      { servicePrincipals: [] },
    ),
  );

  it(
    "are refused a second time, and for an application that does not exist",
    onAzure(async (azure) => {
      refusal(
        await azure.graph("POST", "servicePrincipals", { appId: linuxSignIn }),
        409,
        "Request_MultipleObjectsWithSameKeyValue",
      );
      const error = refusal(
        await azure.graph("POST", "servicePrincipals", { appId: id(9) }),
        400,
        "Request_BadRequest",
      );
      expect(error.message).to.equal(
        `The appId '${id(9)}' of the service principal does not reference a valid application object.`,
      );
    }),
  );

  it(
    "follow an application registration, and are changed and deleted",
    onAzure(async (azure) => {
      const application = answered(
        await azure.graph("POST", "applications", { displayName: "pipeline" }),
        201,
      );
      const made = answered(
        await azure.graph("POST", "servicePrincipals", { appId: application.appId }),
        201,
      );
      expect(made.displayName).to.equal("pipeline");
      const path = `servicePrincipals/${asText(made.id) ?? ""}`;
      expect((await azure.graph("PATCH", path, { tags: ["jump"] })).status).to.equal(204);
      expect(answered(await azure.graph("GET", path), 200).tags).to.deep.equal(["jump"]);
      refusal(await azure.graph("PATCH", path, { appId: linuxSignIn }), 400, "BadRequest");
      expect((await azure.graph("DELETE", path)).status).to.equal(204);
      refusal(await azure.graph("GET", path), 404, "Request_ResourceNotFound");
      expect(
        answered(await azure.graph("GET", `applications/${asText(application.id) ?? ""}`), 200),
      ).to.include({ displayName: "pipeline" });
    }),
  );
});

describe("simulated groups", () => {
  it(
    "are found by name, read without their members, and list those apart",
    onAzure(async (azure) => {
      const [found] = items(
        await azure.graph(
          "GET",
          "groups?$filter=displayName eq 'operators' and securityEnabled eq true",
        ),
      );
      expect(found).to.include({ id: operators });
      expect(found).not.to.have.any.keys("members", "owners");
      expect(
        items(await azure.graph("GET", `groups/${operators}/members`)).map((item) => item.id),
      ).to.deep.equal([olga, omar]);
      expect(
        items(await azure.graph("GET", `groups/${operators}/owners`)).map((item) => item.id),
      ).to.deep.equal([deployer]);
    }),
  );

  it(
    "gain and lose members",
    onAzure(async (azure) => {
      const reference = {
        "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${petra}`,
      };
      expect(
        (await azure.graph("POST", `groups/${operators}/members/$ref`, reference)).status,
      ).to.equal(204);
      refusal(
        await azure.graph("POST", `groups/${operators}/members/$ref`, reference),
        400,
        "Request_BadRequest",
      );
      expect(
        (await azure.graph("DELETE", `groups/${operators}/members/${olga}/$ref`)).status,
      ).to.equal(204);
      expect(
        items(await azure.graph("GET", `groups/${operators}/members`)).map((item) => item.id),
      ).to.deep.equal([omar, petra]);
      const nobody = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id(9)}` };
      refusal(
        await azure.graph("POST", `groups/${operators}/members/$ref`, nobody),
        404,
        "Request_ResourceNotFound",
      );
      refusal(
        await azure.graph("DELETE", `groups/${operators}/members/${olga}/$ref`),
        404,
        "Request_ResourceNotFound",
      );
    }),
  );

  it(
    "know the members of the groups within them, circles included",
    onAzure(async (azure) => {
      const add = (group: string, member: string) =>
        azure.graph("POST", `groups/${group}/members/$ref`, {
          "@odata.id": `https://graph.microsoft.com/v1.0/groups/${member}`,
        });
      expect((await add(administrators, operators)).status).to.equal(204);
      expect((await add(operators, administrators)).status).to.equal(204);
      const members = items(await azure.graph("GET", `groups/${administrators}/transitiveMembers`));
      expect(members.map((item) => item.id)).to.include(olga);
      const groups = items(await azure.graph("GET", `users/${olga}/transitiveMemberOf`));
      expect(groups.map((item) => item.id)).to.have.members([operators, administrators]);
    }),
  );

  it(
    "are made with their members, renamed and deleted",
    onAzure(async (azure) => {
      const made = answered(
        await azure.graph("POST", "groups", {
          displayName: "pilots",
          mailEnabled: false,
          mailNickname: "pilots",
          securityEnabled: true,
          "members@odata.bind": [`https://graph.microsoft.com/v1.0/users/${olga}`],
        }),
        201,
      );
      const path = `groups/${asText(made.id) ?? ""}`;
      expect(
        items(await azure.graph("GET", `${path}/members`)).map((item) => item.id),
      ).to.deep.equal([olga]);
      expect((await azure.graph("PATCH", path, { displayName: "test pilots" })).status).to.equal(
        204,
      );
      expect(answered(await azure.graph("GET", path), 200).displayName).to.equal("test pilots");
      expect((await azure.graph("DELETE", path)).status).to.equal(204);
      refusal(await azure.graph("GET", path), 404, "Request_ResourceNotFound");
      refusal(await azure.graph("POST", "groups", { displayName: "x" }), 400, "BadRequest");
    }),
  );

  it(
    "of the same name are two groups",
    onAzure(async (azure) => {
      const body = {
        displayName: "twins",
        mailEnabled: false,
        mailNickname: "twins",
        securityEnabled: true,
      };
      const first = answered(await azure.graph("POST", "groups", body), 201);
      const second = answered(await azure.graph("POST", "groups", body), 201);
      expect(first.id).not.to.equal(second.id);
    }),
  );
});

describe("simulated users", () => {
  const uwe = {
    accountEnabled: true,
    displayName: "Uwe User",
    mailNickname: "uwe",
    userPrincipalName: "uwe@contoso.onmicrosoft.com",
    passwordProfile: { password: "a-secret-word", forceChangePasswordNextSignIn: true },
  };

  it(
    "are made, changed and deleted, and leave their groups when they go",
    onAzure(async (azure) => {
      const made = answered(await azure.graph("POST", "users", uwe), 201);
      const path = `users/${asText(made.id) ?? ""}`;
      const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/${path}` };
      expect(
        (await azure.graph("POST", `groups/${operators}/members/$ref`, reference)).status,
      ).to.equal(204);
      expect((await azure.graph("PATCH", path, { displayName: "Uwe" })).status).to.equal(204);
      expect(answered(await azure.graph("GET", path), 200)).to.include({
        displayName: "Uwe",
        userType: "Member",
      });
      expect((await azure.graph("DELETE", path)).status).to.equal(204);
      expect(
        items(await azure.graph("GET", `groups/${operators}/members`)).map((item) => item.id),
      ).to.deep.equal([olga, omar]);
    }),
  );

  it(
    "are refused without what Graph asks for, and under a name that is taken",
    onAzure(async (azure) => {
      answered(await azure.graph("POST", "users", uwe), 201);
      refusal(await azure.graph("POST", "users", uwe), 400, "Request_BadRequest");
      const error = refusal(
        await azure.graph("POST", "users", { displayName: "x" }),
        400,
        "BadRequest",
      );
      expect(error.message).to.contain("'accountEnabled'");
    }),
  );

  it(
    "leave no password in an answer, in the store or in the journal",
    onAzure(async (azure) => {
      const made = await azure.graph("POST", "users", uwe);
      expect(JSON.stringify(made)).not.to.contain("a-secret-word");
      expect(JSON.stringify(azure.azure.store.all())).not.to.contain("a-secret-word");
      expect(JSON.stringify(azure.azure.store.journal())).not.to.contain("a-secret-word");
    }),
  );
});

describe("simulated directory", () => {
  it(
    "tells who is signed in, a service principal included",
    onAzure(
      async (azure) => {
        expect(answered(await azure.graph("GET", "me"), 200)).to.include({
          appId: linuxSignIn,
          "@odata.type": "#microsoft.graph.servicePrincipal",
        });
      },
      {
        caller: id(3),
        servicePrincipals: [{ id: id(3), appId: linuxSignIn, displayName: "pipeline" }],
      },
    ),
  );

  it(
    "finds users by id and by user principal name",
    onAzure(async (azure) => {
      for (const key of [olga, "OLGA@contoso.onmicrosoft.com"]) {
        expect(answered(await azure.graph("GET", `users/${key}`), 200)).to.include({
          id: olga,
          displayName: "Olga Operator",
        });
      }
      refusal(
        await azure.graph("GET", "users/nobody@contoso.onmicrosoft.com"),
        404,
        "Request_ResourceNotFound",
      );
    }),
  );

  it(
    "tells objects of mixed types apart by their ids",
    onAzure(async (azure) => {
      const found = items(
        await azure.graph("POST", "directoryObjects/getByIds", { ids: [olga, operators, id(9)] }),
      );
      expect(found.map((item) => item["@odata.type"])).to.deep.equal([
        "#microsoft.graph.user",
        "#microsoft.graph.group",
      ]);
      const users = items(
        await azure.graph("POST", "directoryObjects/getByIds", {
          ids: [olga, operators],
          types: ["user"],
        }),
      );
      expect(users.map((item) => item.id)).to.deep.equal([olga]);
      expect(answered(await azure.graph("GET", `directoryObjects/${operators}`), 200)).to.include({
        "@odata.type": "#microsoft.graph.group",
      });
    }),
  );

  it(
    "lists devices and lets a stale one be removed",
    onAzure(
      async (azure) => {
        const [device] = items(await azure.graph("GET", "devices?$filter=displayName eq 'vm-db'"));
        expect(device).to.include({ displayName: "vm-db", trustType: "AzureAd" });
        expect(
          (await azure.graph("DELETE", `devices/${asText(device!.id) ?? ""}`)).status,
        ).to.equal(204);
        expect(items(await azure.graph("GET", "devices"))).to.deep.equal([]);
      },
      { devices: [{ displayName: "vm-db" }] },
    ),
  );

  it(
    "makes, publishes and lists authentication contexts",
    onAzure(async (azure) => {
      const path = "identity/conditionalAccess/authenticationContextClassReferences";
      expect(
        (await azure.graph("PATCH", `${path}/c2`, { displayName: "step up", isAvailable: true }))
          .status,
      ).to.equal(204);
      expect(answered(await azure.graph("GET", `${path}/c2`), 200)).to.include({
        id: "c2",
        displayName: "step up",
        isAvailable: true,
      });
      expect(items(await azure.graph("GET", path)).map((item) => item.id)).to.deep.equal(["c2"]);
      refusal(
        await azure.graph("PATCH", `${path}/c100`, { displayName: "too many" }),
        400,
        "BadRequest",
      );
      refusal(await azure.graph("GET", `${path}/c3`), 404, "Request_ResourceNotFound");
    }),
  );

  it(
    "answers what it does not play with a refusal that says so",
    onAzure(async (azure) => {
      const error = refusal(await azure.graph("GET", "teams"), 400, "BadRequest");
      expect(error.message).to.contain("simulated Graph knows no GET");
    }),
  );
});
