import type { Part } from "./estate";
import type { Known } from "./known";

/** Where a role applies: as deep as it is known. Everything below it inherits. */
export type Scope =
  | { readonly kind: "root" }
  | { readonly kind: "managementGroup"; readonly name: string }
  | { readonly kind: "subscription"; readonly subscription: string }
  /** Below a subscription: a resource group or a resource, as `Part.path` writes it. */
  | { readonly kind: "below"; readonly path: string };

/** A person, group or application: its object id, or a name that stands for one known later. */
export type Principal = Known<string>;

/** What a role lets its holder do. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

export interface Role {
  /** GUID of the definition. */
  readonly id: string;
  readonly name: string;
  readonly permissions: Known<readonly Permission[]>;
}

/** A role that somebody holds without activation. */
export interface RoleAssignment extends Part {
  readonly principal: Principal;
  readonly principalType: Known<string>;
  readonly role: Known<Role>;
  readonly scope: Known<Scope>;
  /** A condition narrows it; what it says is not evaluated. */
  readonly conditional: boolean;
}

/** A role that somebody may activate. */
export interface Eligibility extends Part {
  readonly principal: Principal;
  readonly role: Known<Role>;
  readonly scope: Known<Scope>;
  /** Undefined where it never ends. */
  readonly days: Known<number | undefined>;
  /** Keys of the role management policies at its scope that it waits for. */
  readonly after: readonly string[];
}

/** The rules of a role's activation at a scope; undefined where the program leaves Azure's own. */
export interface RolePolicy extends Part {
  readonly scope: Known<Scope>;
  readonly activation: {
    readonly maxHours: Known<number | undefined>;
    readonly mfa: Known<boolean | undefined>;
    readonly justification: Known<boolean | undefined>;
    readonly ticket: Known<boolean | undefined>;
    /** Object ids of those who have to agree; empty where nobody has to. */
    readonly approvers: Known<readonly Principal[] | undefined>;
    readonly authenticationContext: Known<string | undefined>;
  };
  /** Whether an eligibility, and an active assignment made by hand, has to end. */
  readonly eligibilityExpires: Known<boolean | undefined>;
  readonly assignmentExpires: Known<boolean | undefined>;
}

export interface AccessPolicy extends Part {
  readonly state: Known<"enabled" | "enabledForReportingButNotEnforced" | "disabled">;
  readonly includedApplications: Known<readonly string[]>;
  readonly excludedApplications: Known<readonly string[]>;
  readonly includedUsers: Known<readonly string[]>;
  readonly excludedUsers: Known<readonly string[]>;
  readonly includedGroups: Known<readonly Principal[]>;
  readonly excludedGroups: Known<readonly Principal[]>;
  /** Directory roles and guests that are excluded, in words. */
  readonly otherExclusions: Known<readonly string[]>;
  /** Conditions that let some sign-ins pass by: platforms, locations, devices, client types, risk. */
  readonly narrowedBy: readonly string[];
  readonly grant: Known<Grant>;
}

export interface Grant {
  readonly operator: Known<"AND" | "OR">;
  readonly builtIn: readonly string[];
  /** Authentication methods of the strength, where one is demanded. */
  readonly combinations: Known<readonly string[] | undefined>;
  /** Custom factors and terms of use, which stand beside the strength. */
  readonly other: readonly string[];
}

/** A group of the tenant that the program makes. */
export interface DirectoryGroup extends Part {
  readonly principal: Principal;
  readonly owners: Known<readonly Principal[]>;
  readonly members: Known<readonly Principal[]>;
}

/** What the author of the program says is meant: the claims are held against it. */
export interface Declaration {
  readonly breakGlass: readonly Principal[];
  /** What activation has to ask for, where something else is meant than the default. */
  readonly activation: readonly ActivationDemand[];
  /** Sign-in ports besides 22 and 3389. */
  readonly customPorts: readonly number[];
}

/** What activation of a role has to ask for at a scope, and below it. */
export interface ActivationDemand {
  /** Undefined for every scope. */
  readonly scope?: Scope;
  /** GUID of the role; undefined for every login role. */
  readonly role?: string;
  readonly maxHours: number;
  readonly mfa: boolean;
  readonly justification: boolean;
  readonly approval: boolean;
}

/** The identity half of an estate. */
export interface AccessEstate {
  readonly assignments: readonly RoleAssignment[];
  readonly eligibilities: readonly Eligibility[];
  readonly rolePolicies: readonly RolePolicy[];
  readonly accessPolicies: readonly AccessPolicy[];
  readonly directoryGroups: readonly DirectoryGroup[];
  readonly declared: Declaration;
}
