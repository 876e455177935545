import { expect } from "chai";
import { CLAIMS } from "../../components/model/claims/claim";
import type { Report } from "../../report/proof-report";
import { sarifText } from "../../report/formats/sarif";
import { type ExportedState, changed } from "../support/recorded-state";
import { deployedState, openedState, reportOf } from "../support/report-inputs";

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
    readonly automationDetails: { readonly id: string };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly {
        readonly message: { readonly text: string };
      }[];
    }[];
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: { readonly tags: readonly string[] };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
    readonly logicalLocations: readonly {
      readonly name: string;
      readonly fullyQualifiedName: string;
    }[];
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

const logOf = (report: Report, file = "Pulumi.yaml"): Log =>
  JSON.parse(sarifText(report, file)) as Log;
const resultsOf = (report: Report): readonly Result[] => logOf(report).runs[0]!.results;

/**
 * The rules are those of the SARIF 2.1.0 standard (sections 3.13, 3.14, 3.19, 3.27, 3.49) and of GitHub's page
 * "SARIF support for code scanning"; that a result without a physical location is refused whole is in
 * github.com/github/codeql-action/issues/2459.
 */
describe("the report as SARIF", () => {
  let state: ExportedState;
  let opened: ExportedState;
  before(async () => {
    state = await deployedState();
    opened = openedState(state);
  });

  it("is a log of version 2.1.0 with one run, whose rules are the claims, each with help", () => {
    const { $schema, version, runs } = logOf(reportOf(opened));
    expect($schema).to.match(/^https:.*sarif.*2\.1\.0/);
    expect(version).to.equal("2.1.0");
    expect(runs).to.have.length(1);
    const { rules } = runs[0]!.tool.driver;
    expect(rules.map(({ id }) => id)).to.deep.equal(Object.keys(CLAIMS));
    for (const { id, shortDescription, fullDescription, help, properties } of rules) {
      expect(shortDescription.text.length, id).to.be.within(1, 1024);
      expect(fullDescription.text.length, id).to.be.within(1, 1024);
      expect(help.text, id).to.contain("docs/claims.md");
      expect(help.markdown, id).to.contain("](docs/claims.md)");
      expect(properties.tags.length, id).to.be.within(1, 20);
    }
    expect(runs[0]!.automationDetails.id).to.equal("secure-jump-access/project/stack/");
  });

  it("is an error for what is refuted, a warning for what is unknown, a note for what is staged, and silent on what is proved", () => {
    const report = reportOf(opened, { assumptions: false });
    const [first] = report.claims;
    const staged = {
      ...report,
      claims: [...report.claims, { ...first!, verdict: "staged" as const }],
    };
    const levels = { refuted: "error", unknown: "warning", staged: "note" };
    const expected = staged.claims.flatMap(({ id, verdict }) =>
      verdict === "proved" ? [] : [[id, levels[verdict]]],
    );
    expect(new Set(expected.map(([, level]) => level))).to.have.length(3);
    expect(resultsOf(staged).map(({ ruleId, level }) => [ruleId, level])).to.deep.equal(expected);
    expect(staged.claims.length).to.be.greaterThan(expected.length);
  });

  it("gives each result one place in a file of the repository, and names the resource by its URN", () => {
    for (const { ruleId, ruleIndex, locations } of resultsOf(reportOf(opened))) {
      expect(ruleIndex).to.equal(Object.keys(CLAIMS).indexOf(ruleId));
      expect(locations).to.have.length(1);
      const { physicalLocation, logicalLocations } = locations[0]!;
      expect(physicalLocation.artifactLocation.uri).to.equal("Pulumi.yaml");
      expect(physicalLocation.region.startLine).to.equal(1);
      // What is claimed of a person and an app is no resource; it keeps its name.
      const { name, fullyQualifiedName } = logicalLocations[0]!;
      expect(fullyQualifiedName).to.match(ruleId === "I3" ? / on / : /^urn:pulumi:/);
      if (ruleId !== "I3") expect(fullyQualifiedName.endsWith(`::${name}`)).to.equal(true);
    }
    const elsewhere = logOf(reportOf(opened), "infra/my project/Pulumi.yaml").runs[0]!.results[0]!;
    expect(elsewhere.locations[0]!.physicalLocation.artifactLocation.uri).to.equal(
      "infra/my%20project/Pulumi.yaml",
    );
  });

  it("recognises a result from run to run whatever its reason, and tells results apart", () => {
    const prints = (report: Report): string[] =>
      resultsOf(report).map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    const now = prints(reportOf(opened));
    const renamed = JSON.parse(
      JSON.stringify(opened).replaceAll("TemporaryRdp", "Other"),
    ) as unknown;
    expect(now.length).to.be.greaterThan(1);
    expect(prints(reportOf(renamed))).to.deep.equal(now);
    expect(new Set(now)).to.have.length(now.length);
  });

  it("tells what is not read as a notification", () => {
    const odd = changed(state, "jump-app-nsg", (properties) => ({
      ...properties,
      securityRules: "all",
    }));
    const [invocation] = logOf(reportOf(odd)).runs[0]!.invocations;
    expect(invocation!.executionSuccessful).to.equal(true);
    expect(
      invocation!.toolExecutionNotifications.map(({ message }) => message.text).join(),
    ).to.contain("jump-app-nsg.securityRules");
    expect(
      logOf(reportOf(state)).runs[0]!.invocations[0]!.toolExecutionNotifications,
    ).to.deep.equal([]);
  });
});
