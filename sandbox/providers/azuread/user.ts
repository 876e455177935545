import { textOf, type Values } from "../plugin/values";
import { computed, either, optional, required, type Schema } from "./attribute";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, textsOf } from "./graph";

const path = "/users";

/** Arguments that are plain texts in Graph, under the same names. */
const texts = [
  "ageGroup",
  "city",
  "companyName",
  "consentProvidedForMinor",
  "country",
  "department",
  "employeeHireDate",
  "employeeId",
  "employeeType",
  "faxNumber",
  "givenName",
  "jobTitle",
  "mobilePhone",
  "officeLocation",
  "postalCode",
  "preferredLanguage",
  "state",
  "streetAddress",
  "surname",
  "usageLocation",
] as const;

const schema: Schema = {
  displayName: required("string"),
  userPrincipalName: required("string"),
  accountEnabled: optional("boolean", { default: true }),
  password: either("string"),
  forcePasswordChange: optional("boolean", { default: false }),
  disablePasswordExpiration: optional("boolean", { default: false }),
  disableStrongPassword: optional("boolean", { default: false }),
  showInAddressList: optional("boolean", { default: true }),
  mailNickname: either("string"),
  mail: either("string"),
  managerId: optional("string"),
  onpremisesImmutableId: either("string"),
  businessPhones: either("list"),
  otherMails: optional("set"),
  costCenter: optional("string"),
  division: optional("string"),
  ...Object.fromEntries(texts.map((name) => [name, optional("string")])),
  aboutMe: computed("string"),
  creationType: computed("string"),
  externalUserState: computed("string"),
  imAddresses: computed("list"),
  objectId: computed("string"),
  onpremisesDistinguishedName: computed("string"),
  onpremisesDomainName: computed("string"),
  onpremisesSamAccountName: computed("string"),
  onpremisesSecurityIdentifier: computed("string"),
  onpremisesSyncEnabled: computed("boolean"),
  onpremisesUserPrincipalName: computed("string"),
  proxyAddresses: computed("list"),
  userType: computed("string"),
};

function bodyOf(plan: Values): Values {
  const principal = textOf(plan.userPrincipalName) ?? "";
  return {
    displayName: plan.displayName,
    userPrincipalName: principal,
    accountEnabled: plan.accountEnabled !== false,
    mailNickname: plan.mailNickname ?? principal.split("@")[0],
    ...Object.fromEntries(
      texts.flatMap((name) => (plan[name] === undefined ? [] : [[name, plan[name]]])),
    ),
  };
}

/** azuread:index/user:User, as far as its name, its texts and its password go. */
export const user: EntraResource = {
  schema,
  limits: { create: 600, update: 600, delete: 300 },
  async create(graph, plan) {
    const id = await graph.create(`Creating user "${textOf(plan.userPrincipalName) ?? ""}"`, path, {
      ...bodyOf(plan),
      passwordProfile: {
        forceChangePasswordNextSignIn: plan.forcePasswordChange === true,
        password: plan.password,
      },
    });
    await graph.waitFor(`Waiting for creation of ${path}/${id}`, `${path}/${id}`, "there");
    return `${path}/${id}`;
  },
  async read(graph, id, state) {
    const found = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    if (found === undefined) return undefined;
    const text = (name: string): string => textOf(found[name]) ?? "";
    return {
      displayName: found.displayName,
      userPrincipalName: found.userPrincipalName,
      accountEnabled: found.accountEnabled !== false,
      mailNickname: text("mailNickname"),
      mail: text("mail"),
      ...Object.fromEntries(texts.map((name) => [name, text(name)])),
      businessPhones: textsOf(found.businessPhones),
      otherMails: textsOf(found.otherMails),
      // Graph never gives these back; they stay as the program set them.
      ...Object.fromEntries(
        [
          "password",
          "forcePasswordChange",
          "disablePasswordExpiration",
          "disableStrongPassword",
          "showInAddressList",
          "managerId",
          "costCenter",
          "division",
        ].map((name) => [name, state[name]]),
      ),
      aboutMe: text("aboutMe"),
      creationType: text("creationType"),
      externalUserState: text("externalUserState"),
      imAddresses: textsOf(found.imAddresses),
      objectId: found.id,
      onpremisesDistinguishedName: text("onPremisesDistinguishedName"),
      onpremisesDomainName: text("onPremisesDomainName"),
      onpremisesImmutableId: text("onPremisesImmutableId"),
      onpremisesSamAccountName: text("onPremisesSamAccountName"),
      onpremisesSecurityIdentifier: text("onPremisesSecurityIdentifier"),
      onpremisesSyncEnabled: found.onPremisesSyncEnabled === true,
      onpremisesUserPrincipalName: text("onPremisesUserPrincipalName"),
      proxyAddresses: textsOf(found.proxyAddresses),
      userType: text("userType"),
    };
  },
  async update(graph, id, plan) {
    await graph.send(`Updating ${id}`, "PATCH", `${path}/${objectIdOf(id)}`, bodyOf(plan));
  },
  async delete(graph, id) {
    await graph.remove(`Deleting ${id}`, `${path}/${objectIdOf(id)}`);
  },
};
