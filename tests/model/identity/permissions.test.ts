import { expect } from "chai";
import fc from "fast-check";
import { BUILT_IN_ROLES } from "../../../components/model/built-in-roles";
import type { Permission, Role } from "../../../components/model/estate/access-estate";
import { Unknown } from "../../../components/model/estate/known";
import { allows, covers, type Plane } from "../../../components/model/identity/permissions";
import { SIGN_IN, WAYS_IN } from "../../../components/model/identity/ways-in";
import { GUARDS } from "../../../components/model/identity/guards";

/** Matches letter by letter, trying every length for each star. */
function naive(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const [head = "", tail] = [pattern[0], pattern.slice(1)];
  if (head !== "*") return text.startsWith(head) && naive(tail, text.slice(1));
  return Array.from({ length: text.length + 1 }, (_, used) => text.slice(used)).some((rest) =>
    naive(tail, rest),
  );
}

const words = fc.array(fc.constantFrom("a", "B", "/", ".", "ab/", "b/a"), { maxLength: 6 });
const text = words.map((list) => list.join(""));
const pattern = fc
  .array(fc.constantFrom("a", "B", "/", ".", "*", "ab/", "*/", "/*"), { maxLength: 6 })
  .map((list) => list.join(""));

function permission(lists: Partial<Permission>): Permission {
  return {
    actions: [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
    conditional: false,
    ...lists,
  };
}

function role(...permissions: Permission[]): Role {
  return { id: "r", name: "own", permissions };
}

const RUN = "Microsoft.Compute/virtualMachines/runCommand/action";
const run = { plane: "control" as Plane, operations: [RUN] };

function builtInWith(...asked: { plane: Plane; operations: readonly string[] }[]): string[] {
  return BUILT_IN_ROLES.filter(({ condition, ...lists }) =>
    asked.some(
      (operations) =>
        allows(
          { ...lists, permissions: [{ ...lists, conditional: condition !== undefined }] },
          operations,
        ) !== false,
    ),
  ).map(({ name }) => name);
}

describe("a role's permissions", () => {
  it("cover an operation exactly as a letter-by-letter matcher finds, whatever the letters' case", () => {
    fc.assert(
      fc.property(pattern, text, (one, other) => {
        expect(covers(one, other)).to.equal(naive(one.toLowerCase(), other.toLowerCase()));
      }),
      { numRuns: 2000 },
    );
  });

  it("cover across slashes by a star, and by nothing else", () => {
    expect(covers("*/action", RUN)).to.equal(true);
    expect(covers("microsoft.compute/*/ACTION", RUN)).to.equal(true);
    expect(covers("Microsoft.Compute/virtualMachines", RUN)).to.equal(false);
    expect(covers("Microsoft.Compute/*/read", RUN)).to.equal(false);
    expect(covers("MicrosoftXCompute/*", RUN)).to.equal(false);
    expect(covers("*/virtualMachines/*/runCommand/action", RUN)).to.equal(false);
  });

  it("take back within one permission, and add up across permissions", () => {
    const all = permission({ actions: ["*"], notActions: ["Microsoft.Compute/*/action"] });
    expect(allows(role(all), run)).to.equal(false);
    expect(allows(role(all, permission({ actions: [RUN] })), run)).to.equal(true);
  });

  it("keep the control plane apart from the data plane", () => {
    expect(allows(role(permission({ actions: ["*"] })), SIGN_IN)).to.equal(false);
    expect(allows(role(permission({ dataActions: ["*"] })), SIGN_IN)).to.equal(true);
    const login = "Microsoft.Compute/virtualMachines/login/action";
    const user = permission({ dataActions: ["*"], notDataActions: ["*/loginAsAdmin/action"] });
    expect(allows(role(user), { plane: "data", operations: [login] })).to.equal(true);
  });

  it("are not known where a condition narrows them, or where the role is not known", () => {
    const narrowed = allows(role(permission({ actions: ["*"], conditional: true })), run);
    expect(narrowed).to.be.instanceOf(Unknown);
    expect(allows(new Unknown("computed"), run)).to.be.instanceOf(Unknown);
    const both = [
      permission({ actions: ["*"], conditional: true }),
      permission({ actions: ["*"] }),
    ];
    expect(allows(role(...both), run)).to.equal(true);
  });

  it("let two built-in roles sign in, and Owner and Contributor not", () => {
    expect(builtInWith(SIGN_IN)).to.have.members([
      "Virtual Machine User Login",
      "Virtual Machine Administrator Login",
    ]);
  });

  it("let these built-in roles reach into a VM past its sign-in", () => {
    expect(builtInWith(...WAYS_IN)).to.have.members([
      "Owner",
      "Contributor",
      "User Access Administrator",
      "Role Based Access Control Administrator",
      "Virtual Machine Contributor",
      "Virtual Machine Data Access Administrator (preview)",
      "Compute Gallery Artifacts Publisher",
      "Desktop Virtualization Virtual Machine Contributor",
      "Disk Backup Reader",
      "Disk Snapshot Contributor",
      "VM Restore Operator",
      "Windows Admin Center Administrator Login",
      "Log Analytics Contributor",
    ]);
  });

  it("let these built-in roles change a guard", () => {
    expect(builtInWith(...GUARDS)).to.have.members([
      "Owner",
      "Contributor",
      "User Access Administrator",
      "Role Based Access Control Administrator",
      "Virtual Machine Contributor",
      "Virtual Machine Data Access Administrator (preview)",
      "Network Contributor",
      "Desktop Virtualization Virtual Machine Contributor",
      "VM Restore Operator",
      "Windows 365 Network Interface Contributor",
      "Windows Admin Center Administrator Login",
      "Security Admin",
    ]);
  });
});
