import { isValues, type Values } from "../plugin/values";
import { computed, optional, required, type Schema } from "./attribute";
import type { EntraResource } from "./entra-resource";
import { objectIdOf, objectOf, textsOf } from "./graph";

const path = "/identity/conditionalAccess/namedLocations";

const schema: Schema = {
  displayName: required("string"),
  ip: optional("block", {
    forceNew: true,
    of: { ipRanges: required("list"), trusted: optional("boolean") },
  }),
  country: optional("block", {
    forceNew: true,
    of: {
      countriesAndRegions: required("list"),
      includeUnknownCountriesAndRegions: optional("boolean"),
      countryLookupMethod: optional("string", { default: "clientIpAddress" }),
    },
  }),
  objectId: computed("string"),
};

function bodyOf(plan: Values): Values {
  const { ip } = plan;
  if (isValues(ip)) {
    return {
      "@odata.type": "#microsoft.graph.ipNamedLocation",
      displayName: plan.displayName,
      isTrusted: ip.trusted === true,
      ipRanges: textsOf(ip.ipRanges).map((range) => ({
        "@odata.type": `#microsoft.graph.iPv${range.includes(":") ? 6 : 4}CidrRange`,
        cidrAddress: range,
      })),
    };
  }
  const country = objectOf(plan.country);
  return {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    displayName: plan.displayName,
    countriesAndRegions: textsOf(country.countriesAndRegions),
    includeUnknownCountriesAndRegions: country.includeUnknownCountriesAndRegions === true,
    countryLookupMethod: country.countryLookupMethod ?? "clientIpAddress",
  };
}

/** azuread:index/namedLocation:NamedLocation. */
export const namedLocation: EntraResource = {
  schema,
  limits: { create: 300, update: 300, delete: 300 },
  check(inputs) {
    const kinds = ["ip", "country"].filter((name) => inputs[name] !== undefined);
    if (kinds.length === 1) return [];
    return [
      { property: "ip", reason: `only one of \`country,ip\` must be specified, and one must` },
    ];
  },
  async create(graph, plan) {
    const id = await graph.create("Could not create named location", path, bodyOf(plan));
    await graph.waitFor(`waiting for creation of ${path}/${id}`, `${path}/${id}`, "there");
    return `${path}/${id}`;
  },
  async read(graph, id) {
    const found = await graph.find(`retrieving ${id}`, `${path}/${objectIdOf(id)}`);
    if (found === undefined) return undefined;
    const ranges = Array.isArray(found.ipRanges) ? found.ipRanges.filter(isValues) : undefined;
    return {
      displayName: found.displayName,
      objectId: found.id,
      ...(ranges === undefined
        ? {
            country: {
              countriesAndRegions: textsOf(found.countriesAndRegions),
              includeUnknownCountriesAndRegions: found.includeUnknownCountriesAndRegions === true,
              countryLookupMethod: found.countryLookupMethod ?? "clientIpAddress",
            },
          }
        : {
            ip: {
              ipRanges: ranges.map((range) => range.cidrAddress ?? ""),
              trusted: found.isTrusted === true,
            },
          }),
    };
  },
  async update(graph, id, plan) {
    await graph.send(`Updating ${id}`, "PATCH", `${path}/${objectIdOf(id)}`, bodyOf(plan));
  },
  async delete(graph, id, state) {
    const own = `${path}/${objectIdOf(id)}`;
    if (isValues(state.ip)) {
      // A trusted location cannot be deleted.
      if ((await graph.find(`retrieving ${id}`, own)) === undefined) return;
      const untrusted = { ...state, ip: { ...state.ip, trusted: false } };
      await graph.send(`updating ${id} prior to deletion`, "PATCH", own, bodyOf(untrusted));
    }
    await graph.remove(`deleting ${id}`, own);
  },
};
