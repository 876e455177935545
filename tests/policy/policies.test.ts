import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CLAIMS, type ClaimId } from "../../components/model/claims/claim";
import { Hidden, type ResourceGraph } from "../../components/model/graph/resource-graph";
import { CLAIM_POLICIES } from "../../policy/claim-policies";
import { makePolicies } from "../../policy/policies";
import type { ProgramConfig } from "../../policy/program-config";
import { SecureJumpAccess } from "../../sdk";
import { added, changed, openRule, rule, rules } from "../support/changed-graph";
import { type Said, saidByPack } from "../support/each-reader";
import { smallest } from "../support/environment";
import { recordedGraph } from "../support/recorded-graph";
import { record } from "../support/recorder";

const OPENING = {
  claim: "N1" as const,
  subject: "jump-app-web-vm",
  reason: "moved behind Bastion by March",
  expires: "2026-03-31",
};

async function failure(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "nothing failed",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("the policy pack", () => {
  let sound: ResourceGraph;
  let open: ResourceGraph;
  before(async () => {
    sound = recordedGraph(await record(() => new SecureJumpAccess("jump", smallest())));
    open = changed(sound, {
      "jump-app-nsg": rule("AllowBastionInbound", { sourceAddressPrefix: "VirtualNetwork" }),
    });
  });
  const of = (said: readonly Said[], policy: string): Said[] =>
    said.filter((one) => one.policy === policy);
  const N1 = CLAIM_POLICIES.N1.name;

  it("has one policy for each claim, each with a level, a severity and a way out", () => {
    const named = new Map(makePolicies(() => "2026-01-31").map((policy) => [policy.name, policy]));
    for (const id of Object.keys(CLAIMS) as ClaimId[]) {
      const { name, level } = CLAIM_POLICIES[id];
      const policy = named.get(name);
      expect(policy?.enforcementLevel, id).to.equal(level);
      expect(policy?.description, id).to.contain(CLAIMS[id]);
      expect(policy?.remediationSteps?.length ?? 0, id).to.be.greaterThan(40);
      expect(name, "a name says its claim").to.match(new RegExp(`^${id.toLowerCase()}-`));
    }
    expect(named.size).to.equal(Object.keys(CLAIMS).length + 3);
  });

  it("says of the sound environment only that its policy reports and does not enforce", async () => {
    const said = await saidByPack(sound);
    expect([...new Set(said.map(({ policy }) => policy))]).to.deep.equal(["staged-claims"]);
    expect(said[0]?.message).to.match(/^I3 staged for admins|^I3 staged for /);
  });

  it("shows of what is refuted the packet, the rule and the way out, at the resource itself", async () => {
    const [first] = of(await saidByPack(open), N1);
    expect(first?.message).to.match(/^N1 refuted for jump-app-(?:web|db)-vm: Tcp /);
    expect(first?.message).to.match(/\npacket: Tcp [\d.]+:\d+ to 10\.20\.0\.\d+:22\n/);
    expect(first?.message).to.contain("\nrule: AllowBastionInbound (100) of jump-app-nsg\n");
    expect(first?.message).to.contain(CLAIM_POLICIES.N1.remediation);
    expect(first?.urn).to.match(/::jump-app-(?:web|db)-vm$/);
  });

  it("sees what is unknown in a preview, where a pack is usually told to look away", async () => {
    const computed = changed(sound, {
      "jump-app-nsg": rule("AllowBastionInbound", { sourceAddressPrefix: new Hidden("unknown") }),
    });
    const said = of(await saidByPack(computed), "undecided-claims");
    expect(said.map(({ message }) => message).join("\n")).to.contain(
      "N1 unknown for jump-app-web-vm",
    );
  });

  it("lists what it did not read where that could overturn a claim, and nothing else", async () => {
    const more = added(
      added(sound, "azapi:index:Resource", "raw", {}),
      "random:index/randomId:RandomId",
      "suffix",
      {},
    );
    const said = of(await saidByPack(more), "undecided-claims").map(({ message }) => message);
    expect(said.filter((message) => message.startsWith("not read"))).to.deep.equal([
      "not read: raw (azapi:index:Resource): can make anything in Azure, and what it makes is not in the graph",
    ]);
  });

  it("keeps silent on what a waiver covers until its last day, of that subject alone", async () => {
    const config: ProgramConfig = { waivers: { opening: OPENING } };
    const subjects = async (today: string): Promise<(string | undefined)[]> =>
      of(await saidByPack(open, config, today), N1).map(({ urn }) => urn?.split("::").at(-1));
    expect(await subjects("2026-03-31")).to.deep.equal(["jump-app-db-vm"]);
    expect(await subjects("2026-04-01")).to.deep.equal(["jump-app-db-vm", "jump-app-web-vm"]);
  });

  it("asks for a waiver that has ended, or covers nothing, to be taken out", async () => {
    const config: ProgramConfig = { waivers: { opening: OPENING } };
    const asked = async (graph: ResourceGraph, today: string): Promise<string[]> =>
      of(await saidByPack(graph, config, today), "undecided-claims").map(({ message }) => message);
    expect(await asked(open, "2026-04-01")).to.deep.equal([
      "waiver opening ended on 2026-03-31; take it out",
    ]);
    expect(await asked(sound, "2026-03-01")).to.deep.equal([
      "waiver opening covers nothing: N1 holds for jump-app-web-vm; take it out",
    ]);
  });

  it("refuses a waiver that is misspelt instead of waiving nothing, with every problem at once", async () => {
    const misspelt = { opening: { ...OPENING, claim: "N9", expires: "soon" } };
    const config = { waivers: misspelt } as unknown as ProgramConfig;
    const message = await failure(saidByPack(open, config));
    expect(message).to.contain("program.waivers.opening.claim").and.contain('"N9"');
    expect(message).to.contain("program.waivers.opening.expires").and.contain('"soon"');
  });

  it("takes what the configuration declares: sign-in ports besides the usual ones", async () => {
    const opened = changed(sound, {
      "jump-app-nsg": rules((list) => [
        openRule({
          priority: 99,
          sourceAddressPrefix: "10.20.0.0/24",
          destinationPortRange: "2222",
        }),
        ...list,
      ]),
    });
    expect(of(await saidByPack(opened), N1)).to.deep.equal([]);
    expect(of(await saidByPack(opened, { customPorts: [2222] }), N1)).to.have.length(2);
  });
});

describe("the pack's folder", () => {
  const folder = join(__dirname, "../../policy");
  it("is a pack of its own, of the package's version, and names no other main", () => {
    const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object;
    const whole = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8")) as {
      version: string;
    };
    expect(own).to.include({ version: whole.version, main: "index.js" });
  });
});
