/**
 * The shape of a stack's configuration, one entry a key, as JSON Schema (draft 07). What a value
 * means, and every rule that joins two of them, is the component's own and checked there.
 */
const text = { type: "string", minLength: 1 } as const;
const guid = {
  type: "string",
  pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  description: "an object id (GUID)",
} as const;
const reasoned = {
  type: "object",
  properties: { reason: text },
  required: ["reason"],
  additionalProperties: false,
} as const;
const named = (of: object) => ({ type: "object", additionalProperties: of, minProperties: 1 });
const texts = { type: "array", items: text } as const;

const roleAccess = {
  type: "object",
  properties: {
    groups: named(guid),
    approverGroups: named(guid),
    activation: {
      type: "object",
      properties: {
        maxHours: { type: "number" },
        justification: { type: "boolean" },
        ticket: { type: "boolean" },
        authenticationContext: text,
      },
      additionalProperties: false,
    },
    eligibility: {
      type: "object",
      properties: { days: { type: "integer" }, startsOn: text },
      additionalProperties: false,
    },
    policyName: text,
  },
  required: ["groups"],
  additionalProperties: false,
} as const;

const access = {
  type: "object",
  properties: { users: roleAccess, administrators: roleAccess },
  additionalProperties: false,
} as const;

const virtualMachine = {
  type: "object",
  properties: {
    os: { enum: ["linux", "windows"] },
    size: text,
    image: {
      type: "object",
      properties: {
        publisher: text,
        offer: text,
        sku: text,
        version: text,
        id: text,
        osVersion: text,
      },
      additionalProperties: false,
    },
    zone: text,
    name: text,
    osDisk: {
      type: "object",
      properties: { storageAccountType: text, sizeGb: { type: "integer" } },
      additionalProperties: false,
    },
    encryptionAtHost: { type: "boolean" },
    managementPort: { type: "integer" },
    withoutEntraLogin: reasoned,
    localCredential: {
      type: "object",
      properties: { sshPublicKey: text, reason: text },
      required: ["sshPublicKey", "reason"],
      additionalProperties: false,
      description: "a public SSH key; a password has no place in a stack file",
    },
  },
  required: ["os"],
  additionalProperties: false,
} as const;

const spoke = {
  type: "object",
  properties: {
    addressSpace: text,
    vms: named(virtualMachine),
    egress: {
      type: "object",
      properties: {
        kind: { enum: ["natGateway", "nextHop", "none"] },
        zone: text,
        address: text,
        reason: text,
      },
      required: ["kind"],
      additionalProperties: false,
    },
    allowInbound: named({
      type: "object",
      properties: {
        from: texts,
        ports: { type: "array", items: { type: ["string", "integer"] } },
        protocol: { enum: ["Tcp", "Udp", "*"] },
        reason: text,
      },
      required: ["from", "ports", "reason"],
      additionalProperties: false,
    }),
    access,
  },
  required: ["addressSpace", "vms"],
  additionalProperties: false,
} as const;

/** One key of the stack's configuration: what it holds, and an example for the line that mends it. */
export interface ConfigKey {
  readonly schema: object;
  readonly required: boolean;
  readonly holds: string;
  /** A value in the form `pulumi config set` takes. */
  readonly example: string;
}

/** Every key `stacks/index.ts` reads, under the project's namespace. */
export const CONFIG_KEYS: Readonly<Record<string, ConfigKey>> = {
  location: {
    schema: text,
    required: true,
    holds: "Azure region of everything in the environment",
    example: "westeurope",
  },
  subscriptionId: {
    schema: { ...guid, description: "a subscription id (GUID)" },
    required: true,
    holds: "subscription that holds the environment",
    example: "00000000-0000-0000-0000-000000000000",
  },
  hub: {
    schema: {
      type: "object",
      properties: { addressSpace: text },
      required: ["addressSpace"],
      additionalProperties: false,
    },
    required: true,
    holds: "the hub network: its address space, /26 or larger",
    example: '{"addressSpace":"10.10.0.0/24"}',
  },
  bastion: {
    schema: {
      type: "object",
      properties: {
        sku: { enum: ["Developer", "Basic", "Standard", "Premium"] },
        scaleUnits: { type: "integer" },
        zones: texts,
        features: { type: "object", additionalProperties: { type: "boolean" } },
      },
      additionalProperties: false,
    },
    required: false,
    holds: "the Bastion host: SKU, scale units, zones, features",
    example: '{"sku":"Standard"}',
  },
  spokes: {
    schema: named(spoke),
    required: true,
    holds: "spoke networks by name, each with its VMs by name",
    example: '{"app":{"addressSpace":"10.20.0.0/24","vms":{"web":{"os":"linux"}}}}',
  },
  access: {
    schema: access,
    required: true,
    holds: "who may activate the login roles, and how",
    example: '{"users":{"groups":{"operators":"<group object id>"}}}',
  },
  signIn: {
    schema: {
      type: "object",
      properties: {
        breakGlass: {
          type: "object",
          properties: { groupId: guid, reason: text },
          required: ["groupId", "reason"],
          additionalProperties: false,
        },
        stage: { enum: ["reportOnly", "enforced"] },
        acknowledgeLockout: reasoned,
        strength: {
          type: "object",
          properties: { combinations: texts, description: text },
          required: ["combinations"],
          additionalProperties: false,
        },
        createMissing: texts,
        signInFrequency: {
          type: "object",
          properties: { hours: { type: "integer" } },
          required: ["hours"],
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    required: true,
    holds: "the Conditional Access policy: break-glass group and stage",
    example: '{"breakGlass":{"groupId":"<group object id>","reason":"tenant recovery"}}',
  },
  diagnostics: {
    schema: {
      type: "object",
      properties: { workspaceId: text },
      required: ["workspaceId"],
      additionalProperties: false,
    },
    required: false,
    holds: "Log Analytics workspace that takes Bastion's audit log",
    example: '{"workspaceId":"/subscriptions/.../workspaces/log"}',
  },
  waivers: {
    schema: named({
      type: "object",
      properties: { claim: text, subject: text, reason: text, expires: text },
      required: ["claim", "subject", "reason", "expires"],
      additionalProperties: false,
    }),
    required: false,
    holds: "claims that need not hold for a while, by name",
    example:
      '{"old-host":{"claim":"N3","subject":"jump-bastion-host","reason":"replaced in March","expires":"2027-03-31"}}',
  },
  tags: {
    schema: { type: "object", additionalProperties: { type: "string" } },
    required: false,
    holds: "tags of every resource that takes tags",
    example: '{"owner":"platform"}',
  },
};
