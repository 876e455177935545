import { textAt } from "../json";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { identitiesOf } from "../graph/principals";
import type { Role } from "./built-in-roles";
import { reaches, roleAssignments, scopeOf } from "./role-assignments";
import { roleGuidOf } from "./role-ids";
import { findRole } from "./roles";

/** A role that a principal holds at this moment, and where it comes from. */
export interface Grant {
  readonly role: Role;
  /** Where it was given; it holds there and beneath. */
  readonly scope: string;
  /** The principal itself, or the group through which it holds the role. */
  readonly through: string;
  /** `standing`: a role assignment. `activated`: an activation of PIM, which ends by itself. */
  readonly kind: "standing" | "activated";
  /** When an activation ends, ISO 8601. */
  readonly until: string | undefined;
  /** Identifier of the role assignment or of the schedule. */
  readonly id: string;
}

/** Whether a role's pattern covers an operation: `*` stands for any text, letters' case does not count. */
export function covers(pattern: string, operation: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${escaped}$`, "i").test(operation);
}

/** Whether a role permits an operation: covered by what it grants and not by what it takes back. */
export function permits(role: Role, operation: string, plane: "control" | "data"): boolean {
  const granted = plane === "control" ? role.actions : role.dataActions;
  const withheld = plane === "control" ? role.notActions : role.notDataActions;
  return (
    granted.some((pattern) => covers(pattern, operation)) &&
    !withheld.some((pattern) => covers(pattern, operation))
  );
}

/** Whether a schedule of PIM has begun and not ended, on the simulated clock. */
export function isCurrent(simulation: Simulation, schedule: StoredResource): boolean {
  const now = simulation.clock.now().getTime();
  const start = textAt(schedule.body, "properties.startDateTime");
  const end = textAt(schedule.body, "properties.endDateTime");
  return (start === undefined || Date.parse(start) <= now) && !hasEnded(simulation, schedule, end);
}

/** Whether a schedule of PIM has ended, on the simulated clock. */
export function hasEnded(
  simulation: Simulation,
  schedule: StoredResource,
  end = textAt(schedule.body, "properties.endDateTime"),
): boolean {
  return end !== undefined && Date.parse(end) <= simulation.clock.now().getTime();
}

/** Every role that a principal holds at a scope now: directly or through groups, at the scope or above it. */
export function grantsOf(simulation: Simulation, principalId: string, scope: string): Grant[] {
  const { store } = simulation;
  const identities = identitiesOf(store, principalId);
  const activated = store
    .ofType("Microsoft.Authorization/roleAssignmentSchedules")
    .filter((schedule) => isCurrent(simulation, schedule));
  return [...roleAssignments(store), ...activated].flatMap((item) => {
    const holder = textAt(item.body, "properties.principalId")?.toLowerCase() ?? "";
    const role = findRole(
      store,
      roleGuidOf(textAt(item.body, "properties.roleDefinitionId") ?? "") ?? "",
    );
    if (role === undefined || !identities.has(holder) || !reaches(scopeOf(item), scope)) return [];
    return [
      {
        role,
        scope: scopeOf(item),
        through: holder,
        kind: activated.includes(item) ? "activated" : "standing",
        until: activated.includes(item) ? textAt(item.body, "properties.endDateTime") : undefined,
        id: item.id,
      } satisfies Grant,
    ];
  });
}

/** The grants by which a principal may do an operation at a scope now; none where it may not. */
export function grantsFor(
  simulation: Simulation,
  principalId: string,
  scope: string,
  operation: string,
  plane: "control" | "data",
): Grant[] {
  return grantsOf(simulation, principalId, scope).filter((grant) =>
    permits(grant.role, operation, plane),
  );
}
