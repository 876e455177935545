import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { getRoleManagementPolicyName, getRoleManagementPolicyNameOutput } from "../../sdk";
import { record, valueOf } from "../support/recorder";

const scope = "/subscriptions/s/resourceGroups/rg-app";
const roleDefinitionId =
  "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/fb879df8-f326-4884-b1cf-06f3ad86be52";

/** An unsigned token for an audience, as a provider would hand it out. */
function tokenFor(aud: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ aud })}.`;
}

const answer = {
  value: [
    {
      name: "other",
      properties: { policyId: `${scope}/x/0-other`, roleDefinitionId: "/another/role" },
    },
    {
      name: "p_r",
      properties: {
        policyId: `${scope}/providers/Microsoft.Authorization/roleManagementPolicies/9c2-policy`,
        roleDefinitionId: roleDefinitionId.toUpperCase(),
      },
    },
  ],
};

/** A Resource Manager on the loopback address that answers with each of these in turn. */
async function withServer<Result>(
  answers: readonly ((request: IncomingMessage, response: ServerResponse) => void)[],
  run: (url: string, requests: IncomingMessage[]) => Promise<Result>,
): Promise<Result> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const next = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    next?.(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

const json =
  (body: unknown, status = 200, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

/** Asks with a token for that audience; `endpoint` makes mocks ask for real. */
async function ask(audience: string, endpoint?: string): Promise<string> {
  const { result } = await record(
    () =>
      getRoleManagementPolicyName({ scope, roleDefinitionId, endpoint }).then(
        (name) => name,
        (error: unknown) => `failed: ${(error as Error).message}`,
      ),
    {
      functions: {
        "azure-native:authorization:getClientToken": { token: tokenFor(audience) },
      },
    },
  );
  return result;
}

describe("getRoleManagementPolicyName", () => {
  it("asks for the role's policy at the scope, with the provider's own token", async () => {
    await withServer([json(answer)], async (url, requests) => {
      expect(await ask(url, url)).to.equal("9c2-policy");
      const [request] = requests;
      const asked = new URL(request?.url ?? "", url);
      expect(asked.pathname).to.equal(
        `${scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments`,
      );
      expect(Object.fromEntries(asked.searchParams)).to.deep.equal({
        "api-version": "2020-10-01",
        $filter: `roleDefinitionId eq '${roleDefinitionId}'`,
      });
      expect(request?.headers.authorization).to.equal(`Bearer ${tokenFor(url)}`);
    });
  });

  it("tries again when Azure is busy, and gives up on a refusal at once", async () => {
    const busy = json({ error: { code: "TooManyRequests" } }, 429, { "retry-after": "0" });
    await withServer([busy, busy, json(answer)], async (url, requests) => {
      expect(await ask(url, url)).to.equal("9c2-policy");
      expect(requests).to.have.length(3);
    });
    await withServer(
      [json({ error: { code: "AuthorizationFailed" } }, 403)],
      async (url, requests) => {
        expect(await ask(url, url)).to.match(
          /^failed: role management policy of .* at \/subscriptions\/s\/resourceGroups\/rg-app: Resource Manager answered 403 .*AuthorizationFailed.*; reading it needs Microsoft\.Authorization\/roleManagementPolicyAssignments\/read/,
        );
        expect(requests).to.have.length(1);
      },
    );
  });

  it("says what to look at when Azure lists no policy of the role", async () => {
    await withServer([json({ value: [] })], async (url) => {
      expect(await ask(url, url)).to.match(/Azure lists none; look at the tenant's PIM licence/);
    });
  });

  it("never shows the token in an error", async () => {
    await withServer([json({ error: {} }, 401)], async (url) => {
      expect(await ask(url, url)).to.not.contain(tokenFor(url));
    });
  });

  it("asks nobody under mocks, and answers with the same stand-in each time", async () => {
    const first = await ask("https://evil.example");
    expect(first).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await ask("https://evil.example")).to.equal(first);
  });

  it("is not asked while the scope is unknown, as at a preview before the scope exists", async () => {
    await withServer([json(answer)], async (url, requests) => {
      const { result } = await record(
        () => {
          const unknown = pulumi.output(scope).apply(() => "");
          Object.assign(unknown, { isKnown: Promise.resolve(false) });
          return getRoleManagementPolicyNameOutput({
            scope: unknown,
            roleDefinitionId,
            endpoint: url,
          });
        },
        { preview: true },
      );
      await valueOf(result);
      expect(requests).to.deep.equal([]);
    });
  });
});
