import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { Azure } from "../../../../sandbox/providers/azure-native/azure";
import {
  previewOutputs,
  toBody,
  toInputs,
  toModel,
  toOutputs,
  withoutEmpty,
} from "../../../../sandbox/providers/azure-native/convert";
import { lostOnTheWire } from "../../../../sandbox/providers/azure-native/problems";
import { resourceTable } from "../../../../sandbox/providers/azure-native/resource-table";
import type { ObjectShape, Shape } from "../../../../sandbox/providers/azure-native/shape";
import {
  autonameOf,
  fillTemplate,
  parametersOf,
  readTemplate,
} from "../../../../sandbox/providers/azure-native/template";
import {
  currentOperation,
  Operation,
  within,
} from "../../../../sandbox/providers/plugin/operation";
import { unknown, type Value, type Values } from "../../../../sandbox/providers/plugin/values";
import { groupName, subscription } from "../world";

const library = join(__dirname, "../../../../node_modules/@pulumi/azure-native");

/** The lines `name?: type;` of an interface, by name. */
function membersOf(text: string, pattern: RegExp): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(pattern)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
}

/** Every input type of the library, such as `network.SubResourceArgs`. */
function inputTypes(): ReadonlyMap<string, Record<string, string>> {
  const types = new Map<string, Record<string, string>>();
  const text = readFileSync(join(library, "types/input.d.ts"), "utf8");
  for (const space of text.split(/^export declare namespace /m).slice(1)) {
    const module = /^\w+/.exec(space)?.[0] ?? "";
    for (const part of space.split(/^ {4}interface /m).slice(1)) {
      const name = /^\w+/.exec(part)?.[0] ?? "";
      types.set(
        `${module}.${name}`,
        membersOf(part.split(/^ {4}\}/m)[0] ?? "", /^ {8}(\w+)\??: (.*);$/gm),
      );
    }
  }
  return types;
}

/**
 * Inputs that the library offers and the API version does not have, or that are no part of a body. The library's
 * nested types are shared between API versions, so that one of them may be newer than the type that holds it.
 */
const notInBody: ReadonlySet<string> = new Set([
  "network:VirtualNetworkPeering.syncRemoteAddressSpace", // a query parameter
  "authorization:ManagementLockAtResourceLevel.apiVersion", // belongs to the lock's target, and is not sent
  "network:NetworkInterface.ipConfigurations.subnet.serviceGateway",
  "network:LoadBalancer.frontendIPConfigurations.subnet.serviceGateway",
  "network:VirtualNetwork.subnets.serviceGateway",
]);

function objectIn(shape: Shape): ObjectShape | undefined {
  if (shape.kind === "object") return shape;
  return shape.kind === "list" || shape.kind === "map" ? objectIn(shape.of) : undefined;
}

describe("simulated azure-native: bodies", () => {
  // No request is sent: the clients' own models are read.
  const azure = new Azure("http://127.0.0.1:9");
  const shapesOf = async (token: string) => {
    const entry = resourceTable[token];
    if (entry === undefined) throw new Error(`${token} is not in the table`);
    return await azure.shapesOf(entry);
  };

  const inputsOfLibrary = inputTypes();
  for (const [token, entry] of Object.entries(resourceTable)) {
    it(`have a place for every input of ${token} in @pulumi/azure-native`, async () => {
      const [module = "", type = ""] = token.split(":");
      const file = join(library, module, `${type.charAt(0).toLowerCase()}${type.slice(1)}.d.ts`);
      const text = readFileSync(file, "utf8").split(`export interface ${type}Args`)[1] ?? "";
      const own = new Set(parametersOf(entry.path));
      const missing: string[] = [];
      const seen = new Set<string>();
      const walk = (names: Record<string, string>, shape: ObjectShape, path: string): void => {
        const variants = [
          "Approval",
          "AuthenticationContext",
          "Enablement",
          "Expiration",
          "Notification",
          "PimOnlyMode",
        ].flatMap((name) => [
          ...(shape.variant?.({ ruleType: `RoleManagementPolicy${name}Rule` })?.fields() ?? []),
        ]);
        const fields = new Map([...shape.fields(), ...variants]);
        for (const [name, of] of Object.entries(names)) {
          const at = `${path}.${name}`;
          const field = fields.get(name);
          if (field === undefined) {
            if (!(path === token && own.has(name)) && !notInBody.has(at)) missing.push(at);
            continue;
          }
          const inner = objectIn(field.shape);
          for (const [, reference = ""] of of.matchAll(/inputs\.(\w+\.\w+)/g)) {
            const key = `${reference} at ${name}`;
            if (inner === undefined || seen.has(key)) continue;
            seen.add(key);
            walk(inputsOfLibrary.get(reference) ?? {}, inner, at);
          }
        }
      };
      const members = membersOf(text, /^ {4}(\w+)\??: (.*);$/gm);
      expect(Object.keys(members).length).to.be.greaterThan(0);
      walk(members, (await shapesOf(token)).body, token);
      expect(missing).to.deep.equal([]);
    });
  }

  it("have the API versions that the library names", () => {
    for (const [token, entry] of Object.entries(resourceTable)) {
      const [module = "", type = ""] = token.split(":");
      const file = join(library, module, `${type.charAt(0).toLowerCase()}${type.slice(1)}.d.ts`);
      const version = /Uses Azure REST API version (\S+?)\.?\s/.exec(
        readFileSync(file, "utf8"),
      )?.[1];
      // The library says nothing of the one type that its provider adds by hand.
      expect(version ?? "2020-10-01", token).to.equal(entry.apiVersion);
    }
  });

  it("put a flattened property where the API has it, also where two have one name", async () => {
    const { body, answer } = await shapesOf("compute:VirtualMachineExtension");
    const inputs = { location: "westeurope", type: "AADLoginForWindows", publisher: "p" };
    const sent = {
      location: "westeurope",
      properties: { type: "AADLoginForWindows", publisher: "p" },
    };
    expect(toBody(inputs, body)).to.deep.equal(sent);
    expect(toModel(inputs, body)).to.deep.equal({
      location: "westeurope",
      typePropertiesType: "AADLoginForWindows",
      publisher: "p",
    });
    const read = { ...sent, type: "Microsoft.Compute/virtualMachines/extensions" };
    expect(toOutputs(read, answer).publisher).to.equal("p");
  });

  it("turn a list of identities into the map that Azure has, and back", async () => {
    const { body, answer } = await shapesOf("compute:VirtualMachine");
    const identity = { type: "UserAssigned", userAssignedIdentities: ["/a", "/b"] };
    expect(toBody({ identity }, body)).to.deep.equal({
      identity: { type: "UserAssigned", userAssignedIdentities: { "/a": {}, "/b": {} } },
    });
    const read = {
      identity: { type: "UserAssigned", userAssignedIdentities: { "/a": { clientId: "1" } } },
    };
    expect(toInputs(toOutputs(read, answer), body)).to.deep.equal({
      identity: { type: "UserAssigned", userAssignedIdentities: ["/a"] },
    });
  });

  it("survive the way to Azure and back for any prefixes, tags and zones", async () => {
    const { body, answer } = await shapesOf("network:PublicIPAddress");
    fc.assert(
      fc.property(
        fc.record(
          {
            tags: fc.dictionary(fc.constantFrom("a", "b", "toString"), fc.string()),
            zones: fc.array(fc.constantFrom("1", "2", "3")),
            idleTimeoutInMinutes: fc.integer({ min: 4, max: 30 }),
            sku: fc.record({ name: fc.constantFrom("Basic", "Standard") }),
          },
          { requiredKeys: [] },
        ),
        (inputs) => {
          const values = { ...inputs } as Values;
          expect(toInputs(toOutputs(toBody(values, body), answer), body)).to.deep.equal(values);
        },
      ),
    );
  });

  it("leave unknown at a preview what only Azure knows, inside objects too", async () => {
    const { answer } = await shapesOf("network:Subnet");
    const outputs = previewOutputs(
      { addressPrefix: "10.0.0.0/24", natGateway: { id: unknown } },
      answer,
    );
    expect(outputs).to.deep.include({
      addressPrefix: "10.0.0.0/24",
      natGateway: { id: unknown },
      ipConfigurations: unknown,
      name: unknown,
    });
  });

  it("lose empty lists and objects on an import", () => {
    expect(withoutEmpty({ a: [], b: { c: {} }, d: [{ e: [] }, "x"], f: false })).to.deep.equal({
      d: ["x"],
      f: false,
    });
    expect(withoutEmpty({ a: {} })).to.equal(undefined);
  });
});

describe("simulated azure-native: what Microsoft's clients drop", () => {
  it("is found by its path, whatever stands around it", () => {
    expect(lostOnTheWire({ a: { b: [{ c: 1 }] } }, { a: { b: [{}] } })).to.deep.equal(["a.b[0].c"]);
    expect(lostOnTheWire({ a: [] }, {})).to.deep.equal(["a"]);
    expect(lostOnTheWire({ a: 1 }, { a: 1, b: 2 })).to.deep.equal([]);
  });

  it("is nothing where a date is written in another form", () => {
    expect(
      lostOnTheWire({ at: "2026-01-01T00:00:00Z" }, { at: "2026-01-01T00:00:00.000Z" }),
    ).to.deep.equal([]);
    expect(
      lostOnTheWire({ at: "2026-01-01T00:00:00Z" }, { at: "2026-01-02T00:00:00.000Z" }),
    ).to.deep.equal(["at"]);
  });

  it("is never less than what is missing", () => {
    const leaf = fc.constantFrom<Value>("x", 1, true);
    const body = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.oneof(
        leaf,
        fc.dictionary(fc.constantFrom("d", "e"), leaf, { minKeys: 1 }) as fc.Arbitrary<Value>,
      ),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(body, fc.nat(), (given, pick) => {
        const keys = Object.keys(given);
        const gone = keys[pick % keys.length] ?? "";
        const sent = Object.fromEntries(Object.entries(given).filter(([key]) => key !== gone));
        expect(lostOnTheWire(given, given)).to.deep.equal([]);
        expect(lostOnTheWire(given, sent).every((path) => path.startsWith(gone))).to.equal(true);
        expect(lostOnTheWire(given, sent)).to.not.have.length(0);
      }),
    );
  });

  it("fails the write with its path before anything is sent", async () => {
    const azure = new Azure("http://127.0.0.1:9");
    azure.subscriptionId = subscription;
    const entry = resourceTable["network:VirtualNetwork"];
    if (entry === undefined || !("sdk" in entry.body))
      throw new Error("the table has no such entry");
    const { sdk } = entry.body;
    const waited: number[] = [];
    const clock = { wait: (seconds: number) => Promise.resolve(void waited.push(seconds)) };
    const operation = new Operation(clock, new AbortController().signal);
    const model = { location: "westeurope", provisioningState: "Succeeded", extra: { deep: 1 } };
    const expected = {
      location: "westeurope",
      properties: { provisioningState: "Succeeded" },
      extra: { deep: 1 },
    };
    const message = await within(operation, async () => {
      expect(currentOperation()).to.equal(operation);
      return await azure.sdk.write(sdk, [groupName, "vnet"], model, expected, {}).then(
        () => "",
        (error: unknown) => String(error),
      );
    });
    expect(message).to.contain(
      "Microsoft's client drops 'properties.provisioningState', 'extra' from the body; no request was sent",
    );
    // A request that left would have met a closed port and been repeated after a wait.
    expect(waited).to.deep.equal([]);
  });
});

describe("simulated azure-native: paths", () => {
  const subnet = resourceTable["network:Subnet"]?.path ?? "";
  const lock = resourceTable["authorization:ManagementLockByScope"]?.path ?? "";

  it("are filled and read back, scopes and resources alike", () => {
    const inputs = { resourceGroupName: "rg", virtualNetworkName: "v", subnetName: "s" };
    const id = fillTemplate(subnet, inputs, subscription);
    expect(id).to.equal(
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s`,
    );
    expect(readTemplate(subnet, id)).to.deep.equal({ subscriptionId: subscription, ...inputs });
    const locked = fillTemplate(lock, { scope: id, lockName: "l" }, subscription);
    expect(locked).to.equal(`${id}/providers/Microsoft.Authorization/locks/l`);
    expect(readTemplate(lock, locked)).to.deep.equal({ scope: id, lockName: "l" });
  });

  it("hold the path of a resource without a parent", () => {
    const path = resourceTable["authorization:ManagementLockAtResourceLevel"]?.path ?? "";
    const inputs = {
      resourceGroupName: "rg",
      resourceProviderNamespace: "Microsoft.Network",
      parentResourcePath: "",
      resourceType: "natGateways",
      resourceName: "n",
      lockName: "l",
    };
    expect(fillTemplate(path, inputs, subscription)).to.equal(
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/natGateways/n/providers/Microsoft.Authorization/locks/l`,
    );
  });

  it("say how their last parameter is named", () => {
    const kindOf = (token: string): string | undefined =>
      autonameOf(resourceTable[token]?.path ?? "")?.kind;
    expect(kindOf("resources:ResourceGroup")).to.equal("random");
    expect(kindOf("network:BastionHost")).to.equal("random");
    expect(kindOf("compute:VirtualMachineExtension")).to.equal("copy");
    expect(kindOf("authorization:RoleAssignment")).to.equal("uuid");
    expect(kindOf("authorization:RoleDefinition")).to.equal("uuid");
    expect(kindOf("monitor:DiagnosticSetting")).to.equal("random");
  });
});
