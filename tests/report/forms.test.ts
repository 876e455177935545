import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { expect } from "chai";
import { type Claim, CLAIMS } from "../../components/model/claims/claim";
import { FORMATS } from "../../report/command-line";
import { evidenceOf } from "../../report/evidence";
import type { Report } from "../../report/proof-report";
import { render } from "../../report/render";
import { toldOnce } from "../../report/told-once";
import { SIMULATION } from "../../report/verdict-words";
import { type ExportedState, changed, manySpokes, withRule } from "../support/recorded-state";
import { deployedState, IDENTITY_CLAIMS, openedState, reportOf } from "../support/report-inputs";

const schema = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "docs", "report.schema.json"), "utf8"),
) as { definitions: { claim: { properties: { id: { enum: string[] } } } } };
const validate = new Ajv({ allErrors: true }).compile(schema);

const allForms = (report: Report): string[] =>
  FORMATS.map((format) => render(report, format, "Pulumi.yaml"));

interface JsonForm {
  readonly simulated?: true;
  readonly claims: readonly Claim[];
}
const json = (report: Report): JsonForm => JSON.parse(render(report, "json", "")) as JsonForm;

describe("the forms of the report", () => {
  let state: ExportedState;
  let opened: ExportedState;
  before(async () => {
    state = await deployedState();
    opened = openedState(state);
  });

  it("are the same bytes for the same input", () => {
    expect(allForms(reportOf(opened))).to.deep.equal(allForms(reportOf(opened)));
  });

  it("are the same bytes for the same resources in another order", () => {
    const turned = {
      ...state,
      deployment: { resources: [...state.deployment.resources].reverse() },
    };
    expect(allForms(reportOf(turned))).to.deep.equal(allForms(reportOf(state)));
  });

  it("are, as JSON, what the schema says", () => {
    for (const document of [state, opened, { steps: [] }]) {
      expect(validate(json(reportOf(document))), JSON.stringify(validate.errors)).to.equal(true);
    }
    expect(schema.definitions.claim.properties.id.enum).to.deep.equal(Object.keys(CLAIMS));
  });

  it("are refused by the schema where a claim lacks its verdict", () => {
    const { claims, ...rest } = json(reportOf(state));
    const broken = claims.map(({ verdict, ...claim }) =>
      verdict === "proved" ? claim : { ...claim, verdict },
    );
    expect(validate({ ...rest, claims: broken })).to.equal(false);
  });

  it("show the packet and the rule of every refuted claim", () => {
    const report = reportOf(opened);
    const refuted = report.claims.filter(({ verdict }) => verdict === "refuted");
    expect(refuted.map(({ id }) => id)).to.include("N1");
    for (const { id, subject, counterexample } of refuted) {
      const shown = json(report).claims.find(
        (claim) => claim.id === id && claim.subject === subject,
      );
      expect(shown?.counterexample).to.deep.equal(counterexample);
    }
    const facts = refuted.flatMap(({ counterexample }) => evidenceOf(counterexample));
    expect(facts.map(({ what }) => what)).to.include.members(["packet", "rule", "to change"]);
    for (const format of ["sarif", "markdown", "html"] as const) {
      const told = toldOnce(refuted).flatMap(({ claim }) => evidenceOf(claim.counterexample));
      for (const { what, fact } of format === "sarif" ? facts : told) {
        const text = render(report, format, "Pulumi.yaml");
        expect(text).to.match(
          new RegExp(`${what}(?:: |</dt><dd>).*${fact.replace(/[().]/g, "\\$&")}`),
        );
      }
    }
  });

  it("show who holds which role where, of every refuted claim of identity", () => {
    const report = { ...reportOf(state), claims: IDENTITY_CLAIMS };
    expect(validate(json(report)), JSON.stringify(validate.errors)).to.equal(true);
    const facts = { who: "deployers", role: "Contributor", scope: "subscription 1" };
    expect(json(report).claims.at(-2)?.counterexample).to.include({
      principal: facts.who,
      role: facts.role,
      scope: facts.scope,
    });
    for (const format of ["sarif", "markdown", "html"] as const) {
      const text = render(report, format, "Pulumi.yaml");
      for (const [what, fact] of Object.entries(facts)) {
        expect(text).to.match(new RegExp(`${what}(?:: |</dt><dd>).*${fact}`));
      }
    }
  });

  it("tell the ways round by the control plane, what is staged and what is not known apart from what holds", () => {
    const report = { ...reportOf(state), claims: IDENTITY_CLAIMS };
    const page = render(report, "html", "");
    const section = (id: string): string =>
      page.slice(page.indexOf(`<h2 id="${id}">`)).split("</section>")[0] ?? "";
    expect(section("round")).to.contain("reaches in by run command").and.contain("changes a guard");
    expect(section("unknown"))
      .to.contain("sets no activation rules")
      .and.not.contain("run command");
    const markdown = render(report, "markdown", "");
    expect(markdown)
      .to.match(/<summary>Unknown \(1\)/)
      .and.match(/<summary>Staged \(1\)/);
    expect(markdown).to.match(/#### Refuted \(2\)/);
  });

  it("tell claims in the order of their ids and of the names as people read them", async () => {
    const report = reportOf(manySpokes(await deployedState(), 1, 10));
    const order = Object.keys(CLAIMS);
    const ids = report.claims.map(({ id }) => order.indexOf(id));
    expect(ids).to.deep.equal([...ids].sort((one, other) => one - other));
    const names = report.claims.flatMap(({ id, subject }) => (id === "N1" ? [subject] : []));
    expect(names.slice(-2)).to.deep.equal(["jump-app1-web9-vm", "jump-app1-web10-vm"]);
  });

  it("say that they are simulated where they are, and only there", () => {
    const simulated = reportOf(opened, { simulated: true });
    for (const format of ["sarif", "markdown", "html"] as const) {
      expect(render(simulated, format, "")).to.contain(SIMULATION);
    }
    expect(json(simulated).simulated).to.equal(true);
    expect(validate(json(simulated))).to.equal(true);
    for (const format of FORMATS) {
      expect(render(reportOf(opened), format, "")).to.not.contain(SIMULATION);
    }
  });

  it("call nothing proved that rests on an assumption, for a reader who accepts none", () => {
    const accepted = reportOf(state).claims;
    const strict = reportOf(state, { assumptions: false }).claims;
    for (const [index, { verdict, assumptions }] of accepted.entries()) {
      const rests = assumptions.length > 0 && (verdict === "proved" || verdict === "staged");
      expect(strict[index]!.verdict).to.equal(rests ? "unknown" : verdict);
      if (rests) expect(strict[index]!.because).to.contain(assumptions[0]);
    }
    expect(strict.map(({ verdict }) => verdict)).to.include.members(["proved", "unknown"]);
  });

  it("hold a declared sign-in port against the claims", () => {
    const rule = { name: "Console", sourceAddressPrefix: "*", destinationPortRange: "2222" };
    const console = withRule(state, "jump-app-nsg", rule);
    const verdicts = (report: Report): string[] =>
      report.claims.flatMap(({ id, verdict }) => (id === "N1" ? [verdict] : []));
    expect(verdicts(reportOf(console))).to.deep.equal(["proved", "proved"]);
    expect(verdicts(reportOf(console, { declared: { customPorts: [2222] } }))).to.deep.equal([
      "refuted",
      "refuted",
    ]);
  });

  it("hold no secret, wrapped or in the open, of what was asked for or answered", () => {
    const secret = "Sup3r-Secret-Value!";
    const wrapped = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      plaintext: JSON.stringify(secret),
    };
    const holding = changed(opened, "jump-app-db-vm", (properties) => ({
      ...properties,
      tags: { note: wrapped },
      osProfile: {
        ...(properties.osProfile as Record<string, unknown>),
        adminPassword: secret,
        customData: secret,
      },
    }));
    const report = reportOf(holding);
    for (const text of allForms(report)) expect(text).to.not.contain(secret);
    const other = JSON.parse(JSON.stringify(holding).replaceAll(secret, "another")) as unknown;
    expect(reportOf(other).graph).to.equal(report.graph);
  });

  it("take a resource's name for text, whatever it holds", () => {
    const name = `<script>alert("1")</script>|@everyone#1 [x](http://x) \`code\` \u001b[31m`;
    const renamed = JSON.parse(
      JSON.stringify(opened).replaceAll("jump-app-nsg", JSON.stringify(name).slice(1, -1)),
    ) as unknown;
    const report = reportOf(renamed);
    expect(report.claims.some(({ because }) => because.includes("<script>"))).to.equal(true);
    const page = render(report, "html", "");
    expect(page).to.not.match(/<script/i);
    expect(page).to.contain("&lt;script&gt;").and.not.contain("\u001b");
    const markdown = render(report, "markdown", "");
    expect(markdown).to.not.match(
      /<script|[^\\]\[x\]|@everyone|#1|http:\/\/|[^\\]`|\p{Cc}(?<!\n)/u,
    );
    expect(() => {
      JSON.parse(render(report, "sarif", ""));
    }).to.not.throw();
  });

  it("stay below GitHub's limit and tell once what a thousand VMs share", function () {
    this.timeout(120_000);
    const broken = withRule(state, "jump-app-nsg", { name: `Temporary-${"x".repeat(40)}` });
    const report = reportOf(manySpokes(broken, 50, 18));
    expect(report.estate.machines).to.have.length(1000);
    expect(report.claims.filter(({ verdict }) => verdict === "refuted")).to.have.length.at.least(
      1000,
    );
    const markdown = render(report, "markdown", "");
    expect(markdown.length).to.be.lessThan(65_536);
    expect(markdown)
      .to.match(/more reasons?/)
      .and.match(/\(20\)/);
    expect(render(report, "html", "").length).to.be.lessThan(3_000_000);
  });

  it("do not claim that VMs are guarded where there are none", () => {
    const report = reportOf({ version: 3, deployment: { resources: [] } });
    expect(render(report, "markdown", "")).to.contain("**The path leads to no VM**");
    expect(render(report, "html", "")).to.contain("<h1>The graph holds no VM</h1>");
  });
});
