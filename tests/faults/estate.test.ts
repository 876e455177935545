import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Store } from "../../sandbox/azure/store";
import { difference, estateOf, guidsIn, stateOf } from "./estate";

const GROUP = "33333333-0000-4000-8000-000000000001";
const DRAWN = ["0e0e0e0e-0000-4000-8000-000000000001", "0e0e0e0e-0000-4000-8000-000000000002"];

describe("what is left of a simulated Azure without what is drawn at random", () => {
  let folder: string;
  let stores: Store[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "estate-"));
    stores = ["one", "other"].map((name) => new Store(join(folder, `${name}.json`)));
  });
  afterEach(() => {
    for (const store of stores) store.flush();
    rmSync(folder, { recursive: true, force: true });
  });

  const policy = (id: string, more: Record<string, string> = {}) => ({
    id: `/graph/conditionalAccessPolicies/${id}`,
    type: "graph/conditionalAccessPolicies",
    name: id,
    body: { id, displayName: "sign-in", group: GROUP, ...more },
  });
  const known = new Set([GROUP]);

  it("is the same for two runs that differ in ids and times", () => {
    const [one, other] = stores as [Store, Store];
    one.put(policy(DRAWN[0]!, { createdDateTime: "2026-01-01T00:00:00.000Z" }));
    other.put(policy(DRAWN[1]!, { createdDateTime: "2026-01-02T03:04:05Z" }));
    expect(estateOf(one, known)).to.deep.equal(estateOf(other, known));
  });

  it("differs where a property does, and where an id that is no accident does", () => {
    const [one, other] = stores as [Store, Store];
    one.put(policy(DRAWN[0]!));
    other.put(policy(DRAWN[0]!, { group: DRAWN[1]! }));
    expect(difference(estateOf(one, known), estateOf(other, known)).more).to.have.length(1);
    other.put(policy(DRAWN[0]!, { state: "disabled" }));
    expect(difference(estateOf(one, known), estateOf(other, known)).gone).to.have.length(1);
  });

  it("shows a second copy, which has the same name and nothing else that tells it apart", () => {
    const [one, other] = stores as [Store, Store];
    one.put(policy(DRAWN[0]!));
    for (const id of DRAWN) other.put(policy(id));
    const { more, gone } = difference(estateOf(one, known), estateOf(other, known));
    expect(more).to.have.length(1);
    expect(more[0]).to.match(/^\/graph\/conditionalaccesspolicies\/\(guid\) /);
    expect(gone).to.deep.equal([]);
  });

  it("shows a resource that the state has lost, has twice, or keeps as failed", () => {
    const urn = "urn:pulumi:dev::p::azure-native:network:VirtualNetwork::net";
    const resource = { urn, type: "azure-native:network:VirtualNetwork", id: "/net", custom: true };
    const wanted = stateOf([resource], known);
    expect(difference(wanted, stateOf([], known)).gone).to.have.length(1);
    expect(difference(wanted, stateOf([resource, resource], known)).more).to.have.length(1);
    const failed = stateOf([{ ...resource, initErrors: ["failed"] }], known);
    expect(difference(wanted, failed).more).to.have.length(1);
  });

  it("finds the ids in a value at any depth", () => {
    expect(guidsIn({ a: [{ b: `/groups/${GROUP.toUpperCase()}` }] })).to.deep.equal([GROUP]);
  });
});
