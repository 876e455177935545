import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { isValues, type Value, type Values } from "../../../../sandbox/providers/plugin/values";
import type { EngineSide } from "../engine-side";
import { inWorld, subscription } from "../world";

// Traffic between the real engine and the real provider v2.76.0 (pulumi/pulumi-azure-native, Apache-2.0); it lies
// outside the project and is read in place.
const recording = join(
  __dirname,
  "../../../../../shared/specs/recordings/azure-native-networked-vm.grpc.jsonl",
);

interface Line {
  readonly method: string;
  readonly request: Values;
  readonly response: Values;
}

function linesOf(text: string): Line[] {
  return text
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?=\/resourceGroups)/g, subscription)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

/** Keys whose values differ between any two deployments, and those that version 3 of the provider added or dropped. */
const placeholders: ReadonlySet<string> = new Set([
  "etag",
  "resourceGuid",
  "vmId",
  "timeCreated",
  "internalDomainNameSuffix",
  "exactVersion",
]);
const versioned: ReadonlySet<string> = new Set([
  "__inputs",
  "azureApiVersion",
  "privateEndpointVNetPolicies",
]);

function normalised(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item) => normalised(item) ?? null);
  if (typeof value === "string") return value.replace(/_OsDisk_1_[0-9a-f]{32}/, "_OsDisk_1_X");
  if (!isValues(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !versioned.has(key))
      .map(([key, item]) => [
        key,
        placeholders.has(key) && typeof item === "string" ? "X" : normalised(item),
      ]),
  );
}

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");
const bag = (value: Value | undefined): Values => (isValues(value) ? value : {});

async function replay(engine: EngineSide, line: Line): Promise<Values> {
  const { request } = line;
  const [type, name] = [text(request.type), text(request.name)];
  if (line.method.endsWith("/Check")) {
    const more = { olds: bag(request.olds), randomSeed: text(request.randomSeed) };
    const { inputs, failures } = await engine.check(type, name, bag(request.news), more);
    return failures.length === 0
      ? { inputs }
      : { inputs, failures: failures.map((failure) => failure.reason) };
  }
  const { id, state } = await engine.create(type, name, bag(request.properties));
  return { id, properties: state };
}

describe("simulated azure-native: the recording of the real provider", () => {
  const found = existsSync(recording);
  const lines = found ? linesOf(readFileSync(recording, "utf8")) : [];
  const replayed = lines.filter((line) => /\/(Check|Create)$/.test(line.method));

  it("is answered alike: names, marks, location, ids and outputs of a networked machine", async function () {
    if (!found) this.skip();
    expect(replayed).to.have.length(12);
    await inWorld(
      async ({ native }) => {
        for (const line of replayed) {
          const where = `${line.method} of ${text(line.request.type)}`;
          expect(normalised(await replay(native, line)), where).to.deep.equal(
            normalised(line.response),
          );
        }
      },
      { config: { "azure-native:config:location": "westus2" } },
    )();
  });
});
