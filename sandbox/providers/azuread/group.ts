import { createHash } from "node:crypto";
import { isValues, textOf, unknown, type Value, type Values } from "../plugin/values";
import { computed, either, optional, required, type Schema } from "./attribute";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, textsOf, type Graph } from "./graph";

const path = "/groups";
const objects = "https://graph.microsoft.com/v1.0/directoryObjects/";

const schema: Schema = {
  displayName: required("string"),
  administrativeUnitIds: optional("set"),
  assignableToRole: optional("boolean", { forceNew: true }),
  autoSubscribeNewMembers: either("boolean"),
  behaviors: optional("set", { forceNew: true }),
  description: optional("string"),
  dynamicMembership: optional("block", {
    of: { enabled: required("boolean"), rule: required("string") },
  }),
  externalSendersAllowed: either("boolean"),
  hideFromAddressLists: either("boolean"),
  hideFromOutlookClients: either("boolean"),
  mailEnabled: optional("boolean"),
  mailNickname: either("string", { forceNew: true }),
  members: either("set"),
  onpremisesGroupType: either("string"),
  owners: either("set"),
  preventDuplicateNames: optional("boolean", { default: false }),
  provisioningOptions: optional("set", { forceNew: true }),
  securityEnabled: optional("boolean"),
  theme: optional("string"),
  types: optional("set", { forceNew: true }),
  visibility: either("string"),
  writebackEnabled: optional("boolean", { default: false }),
  mail: computed("string"),
  objectId: computed("string"),
  onpremisesDomainName: computed("string"),
  onpremisesNetbiosName: computed("string"),
  onpremisesSamAccountName: computed("string"),
  onpremisesSecurityIdentifier: computed("string"),
  onpremisesSyncEnabled: computed("boolean"),
  preferredLanguage: computed("string"),
  proxyAddresses: computed("list"),
};

const bound = (ids: Value | undefined): string[] => textsOf(ids).map((id) => `${objects}${id}`);

/** The provider draws a nickname at random; here it hangs on the name, so that two runs make the same group. */
function nicknameOf(plan: Values): string {
  const name = textOf(plan.displayName) ?? "";
  return textOf(plan.mailNickname) ?? createHash("sha256").update(name).digest("hex").slice(0, 10);
}

async function idsOf(graph: Graph, id: string, list: "members" | "owners"): Promise<string[]> {
  const found = await graph.list(
    `retrieving ${list} of ${id}`,
    `${path}/${objectIdOf(id)}/${list}`,
  );
  return found.map((object) => textOf(object.id) ?? "").sort();
}

async function settle(
  graph: Graph,
  id: string,
  list: "members" | "owners",
  wanted: Value | undefined,
): Promise<void> {
  if (!Array.isArray(wanted)) return;
  const own = `${path}/${objectIdOf(id)}/${list}`;
  const now = await idsOf(graph, id, list);
  const ids = textsOf(wanted);
  for (const added of ids.filter((item) => !now.includes(item))) {
    await graph.send(`Adding ${list} to ${id}`, "POST", `${own}/$ref`, {
      "@odata.id": `${objects}${added}`,
    });
  }
  for (const removed of now.filter((item) => !ids.includes(item))) {
    await graph.send(`Removing ${list} from ${id}`, "DELETE", `${own}/${removed}/$ref`);
  }
}

function stateOf(found: Values, state: Values, members: string[], owners: string[]): Values {
  const text = (name: string): string => textOf(found[name]) ?? "";
  return {
    displayName: found.displayName,
    description: text("description"),
    assignableToRole: found.isAssignableToRole === true,
    mailEnabled: found.mailEnabled === true,
    mailNickname: text("mailNickname"),
    securityEnabled: found.securityEnabled === true,
    types: textsOf(found.groupTypes),
    visibility: text("visibility"),
    theme: text("theme"),
    members,
    owners,
    mail: text("mail"),
    objectId: found.id,
    onpremisesDomainName: text("onPremisesDomainName"),
    onpremisesNetbiosName: text("onPremisesNetBiosName"),
    onpremisesSamAccountName: text("onPremisesSamAccountName"),
    onpremisesSecurityIdentifier: text("onPremisesSecurityIdentifier"),
    onpremisesSyncEnabled: found.onPremisesSyncEnabled === true,
    onpremisesGroupType: state.onpremisesGroupType ?? "",
    preferredLanguage: text("preferredLanguage"),
    proxyAddresses: textsOf(found.proxyAddresses),
    autoSubscribeNewMembers: false,
    externalSendersAllowed: false,
    hideFromAddressLists: false,
    hideFromOutlookClients: false,
    behaviors: textsOf(found.resourceBehaviorOptions),
    provisioningOptions: textsOf(found.resourceProvisioningOptions),
    preventDuplicateNames: state.preventDuplicateNames ?? false,
    writebackEnabled: state.writebackEnabled ?? false,
    administrativeUnitIds: state.administrativeUnitIds,
    dynamicMembership: isValues(state.dynamicMembership) ? state.dynamicMembership : undefined,
  };
}

/** azuread:index/group:Group, as far as a security group goes. */
export const group: EntraResource = {
  schema,
  limits: { create: 1200, update: 1200, delete: 300 },
  check(inputs) {
    const chosen = ["mailEnabled", "securityEnabled"].some(
      (name) => inputs[name] === true || inputs[name] === unknown,
    );
    if (chosen) return [];
    return [
      {
        property: "securityEnabled",
        reason: `one of \`mailEnabled,securityEnabled\` must be specified`,
      },
    ];
  },
  async create(graph, plan) {
    const name = textOf(plan.displayName) ?? "";
    if (plan.preventDuplicateNames === true) {
      const filter = `displayName eq '${name.replace(/'/g, "''")}'`;
      const [same] = await graph.list("Could not check for existing group(s)", path, filter);
      if (same !== undefined) {
        throw new Error(
          `A resource with the display name "${name}" and ID "${textOf(same.id) ?? ""}" already exists and \`preventDuplicateNames\` is true`,
        );
      }
    }
    const owners = bound(plan.owners);
    const members = bound(plan.members);
    const id = await graph.create(`Creating group "${name}"`, path, {
      displayName: name,
      ...(plan.description === undefined ? {} : { description: plan.description }),
      groupTypes: textsOf(plan.types),
      isAssignableToRole: plan.assignableToRole === true,
      mailEnabled: plan.mailEnabled === true,
      mailNickname: nicknameOf(plan),
      securityEnabled: plan.securityEnabled === true,
      ...(plan.visibility === undefined ? {} : { visibility: plan.visibility }),
      ...(owners.length === 0 ? {} : { "owners@odata.bind": owners }),
      ...(members.length === 0 ? {} : { "members@odata.bind": members }),
    });
    await graph.waitFor(`Waiting for creation of ${path}/${id}`, `${path}/${id}`, "there");
    return `${path}/${id}`;
  },
  async read(graph, id, state) {
    const found = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    if (found === undefined) return undefined;
    return stateOf(
      found,
      state,
      await idsOf(graph, id, "members"),
      await idsOf(graph, id, "owners"),
    );
  },
  async update(graph, id, plan) {
    await graph.send(`Updating ${id}`, "PATCH", `${path}/${objectIdOf(id)}`, {
      displayName: plan.displayName,
      description: textOf(plan.description) ?? null,
      securityEnabled: plan.securityEnabled === true,
    });
    await settle(graph, id, "members", plan.members);
    await settle(graph, id, "owners", plan.owners);
  },
  async delete(graph, id) {
    await graph.remove(`Deleting ${id}`, `${path}/${objectIdOf(id)}`);
  },
};

/** azuread:index/groupMember:GroupMember; its id is `{group}/member/{member}`. */
export const groupMember: EntraResource = {
  schema: {
    groupObjectId: required("string", { forceNew: true }),
    memberObjectId: required("string", { forceNew: true }),
  },
  limits: { create: 300, update: 300, delete: 300 },
  async create(graph, plan) {
    const owner = textOf(plan.groupObjectId) ?? "";
    const member = textOf(plan.memberObjectId) ?? "";
    const id = `${owner}/member/${member}`;
    if ((await idsOf(graph, owner, "members")).includes(member)) {
      throw new Error(
        `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azuread_group_member" for more information.`,
      );
    }
    await graph.send(`Adding ${id}`, "POST", `${path}/${owner}/members/$ref`, {
      "@odata.id": `${objects}${member}`,
    });
    return id;
  },
  async read(graph, id) {
    const [owner = "", , member = ""] = id.split("/");
    if ((await graph.find(`retrieving ${id}`, `${path}/${owner}`)) === undefined) return undefined;
    const members = await idsOf(graph, owner, "members");
    return members.includes(member) ? { groupObjectId: owner, memberObjectId: member } : undefined;
  },
  update: (_, id) => Promise.reject(new Error(`${id}: a membership is never updated`)),
  async delete(graph, id) {
    const [owner = "", , member = ""] = id.split("/");
    if ((await this.read(graph, id, {})) === undefined) return;
    await graph.send(`Removing ${id}`, "DELETE", `${path}/${owner}/members/${member}/$ref`);
  },
};
