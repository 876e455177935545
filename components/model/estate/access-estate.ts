import type { ActivationDemand } from "../pim-policy";
import type { Part } from "./estate-part";
import type { Known } from "./known";
import type { Scope } from "./scope";

/**
 * A person, group or application: its object id in lower case, or the URN of the resource that makes it
 * while it has none.
 */
export type Principal = Known<string>;

/** What a role lets its holder do. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** A condition narrows it; what it says is not evaluated. */
  readonly conditional: boolean;
}

export interface Role {
  /** GUID of the definition, or the URN of the resource that makes it. */
  readonly id: string;
  readonly name: string;
  readonly permissions: Known<readonly Permission[]>;
}

/** A role that somebody has at a scope, without activation or by it. */
export interface Holding extends Part {
  readonly principal: Principal;
  readonly role: Known<Role>;
  readonly scope: Known<Scope>;
  /** A condition narrows it; what it says is not evaluated. */
  readonly conditional: boolean;
}

/** A role that somebody holds without activation. */
export interface RoleAssignment extends Holding {
  readonly principalType: Known<string | undefined>;
}

/** A role that somebody may activate. */
export interface Eligibility extends Holding {
  readonly ends: Known<boolean>;
  /** Keys of the role management policies that it waits for. */
  readonly after: readonly string[];
}

/** Who has to agree to an activation. */
export interface Approval {
  readonly required: Known<boolean>;
  readonly approvers: Known<readonly Principal[]>;
}

/** The rules of a role's activation at a scope. Undefined where the program leaves Azure's own. */
export interface RolePolicy extends Part {
  readonly scope: Known<Scope>;
  readonly maxMinutes: Known<number | undefined>;
  /** `MultiFactorAuthentication`, `Justification`, `Ticketing`. */
  readonly enabled: Known<readonly string[] | undefined>;
  readonly approval: Known<Approval | undefined>;
  /** Authentication context that activation steps up to; undefined also where the rule is off. */
  readonly authenticationContext: Known<string | undefined>;
}

/** Names or ids of a policy's condition, each known or not. */
export type Names = Known<readonly Known<string>[]>;

export const POLICY_STATES = ["enabled", "enabledForReportingButNotEnforced", "disabled"] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

/** A Conditional Access policy. */
export interface AccessPolicy extends Part {
  readonly state: Known<PolicyState>;
  readonly includedApplications: Names;
  readonly excludedApplications: Names;
  readonly includedUsers: Names;
  readonly excludedUsers: Names;
  readonly includedGroups: Names;
  readonly excludedGroups: Names;
  /** Directory roles that are included: whoever holds one. */
  readonly includedRoles: Names;
  /** Directory roles and kinds of guests that are excluded, in words. */
  readonly otherExclusions: Names;
  /** Conditions that let some sign-ins pass by, in words; unknown ones might. */
  readonly narrowedBy: readonly Known<string>[];
  /** Undefined where the policy asks for nothing. */
  readonly grant: Known<Grant | undefined>;
}

export interface Grant {
  readonly operator: Known<"AND" | "OR">;
  readonly builtIn: Names;
  /** The strength that is demanded, if any. */
  readonly strength: Known<Strength | undefined>;
  /** Custom factors and terms of use, which stand beside the strength. */
  readonly other: Names;
}

export interface Strength {
  readonly name: string;
  /** Combinations of authentication methods, any of which satisfies it. */
  readonly combinations: Known<readonly string[]>;
}

/** A group that the program makes. */
export interface DirectoryGroup extends Part {
  readonly principal: string;
  /** Undefined where Entra ID gives it one owner, who made it. */
  readonly owners: Known<readonly Principal[] | undefined>;
  /** Members that the program knows of. */
  readonly members: readonly Principal[];
}

/** What activation of a role has to ask for at a scope. */
export interface ScopedDemand extends ActivationDemand {
  /** Undefined for every scope; a reader's own holds below it too. */
  readonly scope: Known<Scope> | undefined;
  /** GUID of the role; undefined for every role that signs in. */
  readonly role: string | undefined;
}

/** What is meant: the claims are held against it. */
export interface Declaration {
  readonly breakGlass: readonly Principal[];
  /** What activation has to ask for, where something else is meant than the default. */
  readonly activation: readonly ScopedDemand[];
  /** Sign-in ports besides 22 and 3389. */
  readonly customPorts: readonly number[];
}

/** The identity half of an estate. */
export interface AccessEstate {
  readonly assignments: readonly RoleAssignment[];
  readonly eligibilities: readonly Eligibility[];
  readonly rolePolicies: readonly RolePolicy[];
  readonly accessPolicies: readonly AccessPolicy[];
  readonly directoryGroups: readonly DirectoryGroup[];
  /** Logical names of the principals that the program makes. */
  readonly principalNames: ReadonlyMap<string, string>;
  /** What the reader of the program says is meant. */
  readonly declared: Declaration;
  /** What the components in the program say themselves. */
  readonly asked: Pick<Declaration, "breakGlass" | "activation">;
}
