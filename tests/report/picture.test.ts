import { expect } from "chai";
import fc from "fast-check";
import { flowsOf } from "../../report/picture/flows";
import { CELL, type Layout, layoutOf, type Placed } from "../../report/picture/layout";
import { route } from "../../report/picture/lines";
import { pictures } from "../../report/picture/picture";
import { type NetworkScene, sceneOf, type SubnetScene } from "../../report/picture/scene";
import { markup } from "../../report/html/markup";
import { changed, type ExportedState, manySpokes, withRule } from "../support/recorded-state";
import { deployedState, IDENTITY_CLAIMS, openedState, reportOf } from "../support/report-inputs";

const subnet = (key: string, machines: number, bastion: boolean): SubnetScene => ({
  key,
  name: key,
  ranges: "10.0.0.0/24",
  spans: [{ first: 0, last: 255 }],
  bastion: bastion ? "bastion" : undefined,
  machines: Array.from({ length: machines }, (_, index) => ({
    name: `${key}-${index}`,
    verdict: "proved" as const,
    os: "linux",
  })),
  ports: [22],
  reached: machines > 0 ? "proved" : undefined,
  guard: "group",
  wayOut: "none",
});
const networks = fc
  .array(fc.array(fc.nat(80), { maxLength: 4 }), { maxLength: 20 })
  .chain((sizes) => fc.record({ sizes: fc.constant(sizes), hub: fc.boolean() }));
const network = (key: string, sizes: readonly number[], bastion: boolean): NetworkScene => ({
  key,
  name: key,
  ranges: "10.0.0.0/16",
  spans: [{ first: 0, last: 65_535 }],
  size: 65_536,
  subnets: sizes.map((size, index) => subnet(`${key}/${index}`, size, bastion && index === 0)),
  peers: [],
  machines: sizes.reduce((sum, size) => sum + size, 0),
  verdict: "proved",
});

const apart = (one: Placed, other: Placed): boolean =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y;
const inside = (inner: Placed, outer: Placed): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

function expectApart(placed: readonly Placed[]): void {
  for (const [index, one] of placed.entries()) {
    for (const other of placed.slice(index + 1)) expect(apart(one, other)).to.equal(true);
  }
}

describe("the picture of the network", () => {
  let state: ExportedState;
  before(async () => {
    state = await deployedState();
  });

  it("keeps networks, subnets and VMs apart and each inside what holds it, however many there are", () => {
    fc.assert(
      fc.property(
        networks,
        fc.constantFrom(1, 2, 3),
        fc.integer({ min: 1, max: 12 }),
        (given, columns, most) => {
          const scene = {
            hubs: given.hub ? [network("hub", [0], true)] : [],
            spokes: given.sizes.map((sizes, index) => network(`spoke${index}`, sizes, false)),
            refused: true,
            adrift: [],
          };
          const layout = layoutOf(scene, columns, most);
          const placed = [...layout.hubs, ...layout.spokes];
          const all: Placed[] = layout.rest === undefined ? placed : [...placed, layout.rest];
          expectApart(all);
          const page = { x: 0, y: 0, width: layout.width, height: layout.height };
          for (const each of all) expect(inside(each, page)).to.equal(true);
          for (const each of placed) {
            expectApart(each.subnets);
            for (const inner of each.subnets) {
              expect(inside(inner, each)).to.equal(true);
              expectApart(inner.tiles);
              for (const tile of inner.tiles) expect(inside(tile, inner)).to.equal(true);
              expect(inner.tiles.length + inner.left).to.equal(inner.scene.machines.length);
            }
          }
          const told = layout.spokes.length + (layout.rest?.networks.length ?? 0);
          expect(told).to.equal(given.sizes.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("leads every line along gutters, and ends it where it should", () => {
    const port = fc.record({ x: fc.nat(900), y: fc.nat(900), gutter: fc.nat(900) });
    fc.assert(
      fc.property(port, port, fc.nat(900), (from, to, corridor) => {
        const points = route(from, to, corridor);
        expect([points[0], points.at(-1)]).to.deep.equal([from, to]);
        for (const [index, point] of points.slice(1).entries()) {
          const before = points[index]!;
          expect(point.x === before.x || point.y === before.y).to.equal(true);
        }
      }),
    );
  });

  it("shows a range by a bar in proportion: a /26 of a /24 takes a quarter of it", () => {
    const drawn = markup`${pictures(reportOf(state), sceneOf(reportOf(state)))}`.text;
    const width = (kind: string): number =>
      Number(
        new RegExp(`class="${kind}"[^>]*width="(?<width>[\\d.]+)"`).exec(drawn)?.groups?.width,
      );
    expect(width("share bastion-share") / width("ruler")).to.be.closeTo(1 / 4, 0.001);
    expect(width("share") / width("ruler")).to.be.closeTo(1 / 2, 0.001);
  });

  it("draws a packet that gets in from where it comes from to where it arrives", () => {
    const report = reportOf(openedState(state));
    const [flow] = flowsOf(report.claims, sceneOf(report));
    expect(flow).to.deep.include({ number: 1, ends: "gets in", label: "Tcp 3389", leaving: false });
    expect(flow?.from).to.deep.equal({ kind: "internet" });
    expect(flow?.to).to.include({ kind: "network" });
    expect(JSON.stringify(flow?.to)).to.contain("jump-app-subnet");
  });

  it("draws a packet from a part of a network that is no subnet from that network, and not from the Internet", () => {
    const report = reportOf(
      withRule(state, "jump-app-nsg", { name: "Lab", sourceAddressPrefix: "10.10.0.128/25" }),
    );
    const [flow] = flowsOf(report.claims, sceneOf(report));
    expect(flow?.from).to.deep.include({ kind: "network", subnet: undefined });
    expect(JSON.stringify(flow?.from)).to.contain("jump-hub-network");
  });

  it("crosses a packet out where it is stopped", () => {
    const report = reportOf(
      withRule(state, "jump-app-nsg", {
        name: "DenyOut",
        direction: "Outbound",
        access: "Deny",
        destinationPortRange: "443",
      }),
    );
    const [flow] = flowsOf(report.claims, sceneOf(report));
    expect(flow).to.deep.include({ ends: "is stopped", leaving: true, to: { kind: "internet" } });
    const drawn = markup`${pictures(report, sceneOf(report))}`.text;
    expect(drawn).to.match(/refuted-line[^]*class="stop"/);
  });

  it("marks a VM by the network path to it alone, because nothing else is drawn", () => {
    const report = { ...reportOf(state), claims: [...reportOf(state).claims, ...IDENTITY_CLAIMS] };
    const tiles = sceneOf(report).spokes.flatMap(({ subnets }) =>
      subnets.flatMap(({ machines }) => machines),
    );
    expect(tiles.map(({ name, verdict }) => [name, verdict])).to.deep.equal([
      ["jump-app-db-vm", "proved"],
      ["jump-app-web-vm", "proved"],
    ]);
  });

  it("says in words what it shows, each picture under ids of its own", () => {
    const report = reportOf(openedState(state));
    const drawn = markup`${pictures(report, sceneOf(report))}`.text;
    expect(drawn).to.contain(
      "Bastion jump-bastion-host in jump-hub-network. 2 networks with 2 VMs.",
    );
    expect(drawn).to.contain("1 Tcp 3389 gets in");
    const ids = [...drawn.matchAll(/ id="(?<id>[^"]+)"/g)].map(({ groups }) => groups?.id);
    expect(ids).to.have.length(4);
    expect(new Set(ids)).to.have.length(4);
  });

  it("draws first what needs attention, and says how many networks it leaves to the table", () => {
    const many = withRule(manySpokes(state, 30, 0), "jump-app29-nsg", { name: "Temporary" });
    const scene = sceneOf(reportOf(many));
    expect(scene.spokes[0]?.name).to.equal("jump-app29-network");
    const layout: Layout = layoutOf(scene, 3, 12);
    expect(layout.width).to.equal(3 * CELL);
    expect([layout.spokes.length, layout.rest?.networks.length]).to.deep.equal([11, 19]);
  });

  it("shows a peering of which one half is missing, and no path over it", () => {
    const half = {
      ...state,
      deployment: {
        resources: state.deployment.resources.filter(
          ({ urn }) => !urn.endsWith("::jump-app-from-hub"),
        ),
      },
    };
    const without = changed(half, "jump-app-to-hub", (properties) => ({
      ...properties,
      peeringState: "Initiated",
    }));
    const report = reportOf(without);
    const scene = sceneOf(report);
    expect(scene.spokes[0]?.peers).to.deep.equal([{ name: "jump-hub-network", connected: "no" }]);
    const drawn = markup`${pictures(report, scene)}`.text;
    expect(drawn).to.contain("one half only").and.contain('class="peering broken"');
    expect(drawn).to.contain("from Bastion does not arrive");
  });
});
