import { expect } from "chai";
import { fastest } from "../../../bench/fastest";
import { readEstate } from "../../../components/model/estate/read-estate";
import type { GraphResource } from "../../../components/model/graph/resource-graph";
import { identityClaims } from "../../../components/model/identity/identity-claims";
import {
  activationRules,
  assignment,
  plainProgram,
  resource,
  ROLE,
  roleId,
  SUBSCRIPTION,
  urnOf,
} from "./plain-program";

const SPOKES = 50;
const VMS = 20;
const ELIGIBILITIES = 4;

/** A spoke of twenty VMs with four eligibilities, their rules, and a role at one of the VMs. */
function spoke(index: number): GraphResource[] {
  const name = `rg-${index}`;
  const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${name}`;
  const vm = (key: number): string =>
    `${group}/providers/Microsoft.Compute/virtualMachines/vm-${key}`;
  const { machine, eligibility } = plainProgram();
  const machines = Array.from({ length: VMS }, (_, key) => ({
    ...machine!,
    urn: urnOf("machine", `vm-${index}-${key}`),
    name: `vm-${index}-${key}`,
    id: vm(key),
  }));
  const access = Array.from({ length: ELIGIBILITIES }, (_, key) => {
    const rules = Object.values(activationRules());
    const policy = resource("rolePolicy", `rules-${index}-${key}`, { scope: group, rules });
    const principalId = `33333333-0000-4000-8000-${String(index * 10 + key).padStart(12, "0")}`;
    const role = key % 2 === 0 ? ROLE.userLogin : ROLE.administratorLogin;
    const properties = { ...eligibility!.properties, scope: group, principalId };
    const may = {
      ...eligibility!,
      urn: urnOf("eligibility", `may-${index}-${key}`),
      name: `may-${index}-${key}`,
      properties: { ...properties, roleDefinitionId: roleId(role) },
      dependencies: [policy.urn],
    };
    return [policy, may];
  }).flat();
  const standing = { ...assignment(ROLE.contributor, vm(0)), urn: urnOf("assignment", name), name };
  return [...machines, ...access, standing];
}

describe("the identity claims of a thousand VMs in fifty spokes", () => {
  it("are decided in less than half a second of the processor", () => {
    const resources = Array.from({ length: SPOKES }, (_, index) => spoke(index)).flat();
    const estate = readEstate({
      resources: [...resources, plainProgram().accessPolicy!],
      unread: [],
    });
    const seconds = fastest(() => {
      const claims = identityClaims(estate);
      expect(claims.filter(({ id }) => id === "I1")).to.have.length(SPOKES * VMS);
      expect(claims.filter(({ id }) => id === "I2")).to.have.length(SPOKES * ELIGIBILITIES);
      const reached = claims.filter(({ id, verdict }) => id === "I5" && verdict === "refuted");
      expect(reached).to.have.length(SPOKES);
    }, 3);
    expect(seconds).to.be.lessThan(0.5);
  });
});
