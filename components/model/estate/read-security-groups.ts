import type { GraphIndex } from "../graph/graph-index";
import { isObject, type Unread } from "../graph/resource-graph";
import type { PortRange, SecurityGroup, SecurityRule, Selector } from "./estate";
import type { Part } from "./estate-part";
import { isKnown, type Known, type Reference, Unknown } from "./known";
import { part, readerOf } from "./part";
import type { PropertyReader } from "./property-reader";
import { parseProtocols, parseRulePorts, parseSelector } from "./rule-syntax";

const GROUP = "azure-native:network:NetworkSecurityGroup";
const RULE = "azure-native:network:SecurityRule";
const APPLICATION_GROUP = "azure-native:network:ApplicationSecurityGroup";

/** Security groups with their rules, inline and standalone. */
export function readSecurityGroups(
  index: GraphIndex,
  unread: Unread[],
): { securityGroups: SecurityGroup[]; applicationGroups: Part[] } {
  const standalone = index.ofType(RULE).map((resource) => ({
    group: index.parentOf(resource),
    rule: readRule(readerOf(resource, unread), index, "", resource.name),
  }));
  // A rule of a group that is not known may stand in any of them.
  const adrift = standalone.filter(({ group }) => group instanceof Unknown).map(({ rule }) => rule);
  return {
    securityGroups: index.ofType(GROUP).map((resource) => {
      const inline = readerOf(resource, unread).objects("securityRules");
      const own = standalone.filter(({ group }) => group === resource.urn).map(({ rule }) => rule);
      return {
        ...part(index, resource),
        rules: isKnown(inline)
          ? [
              ...inline.map((rule) => readRule(rule, index, "securityRules")),
              ...own,
              ...adrift.map(maybe),
            ]
          : inline,
      };
    }),
    applicationGroups: index.ofType(APPLICATION_GROUP).map((resource) => part(index, resource)),
  };
}

/** A rule that may or may not be there: everything that decides is unknown. */
function maybe(rule: SecurityRule): SecurityRule {
  return {
    ...rule,
    access: new Unknown(`it is not known which group the rule ${rule.name} belongs to`),
  };
}

/** @param property top-level property that the rule's references come from; empty for a standalone rule */
function readRule(
  rule: PropertyReader,
  index: GraphIndex,
  property: string,
  fallback = "unnamed",
): SecurityRule {
  const name = rule.text("name");
  return {
    name: typeof name === "string" ? name : fallback,
    priority: demanded(rule, "priority", rule.number("priority")),
    direction: oneOf(rule, "direction", ["Inbound", "Outbound"] as const),
    access: oneOf(rule, "access", ["Allow", "Deny"] as const),
    protocols: parsed(rule, "protocol", parseProtocols),
    sources: selectors(rule, index, property, "source"),
    sourcePorts: ports(rule, "source"),
    destinations: selectors(rule, index, property, "destination"),
    destinationPorts: ports(rule, "destination"),
  };
}

function demanded<Type>(
  rule: PropertyReader,
  key: string,
  value: Known<Type | undefined>,
): Known<Type> {
  return value ?? rule.odd(key, "is missing");
}

function parsed<Type>(
  rule: PropertyReader,
  key: string,
  parse: (text: string) => Type | undefined,
): Known<Type> {
  const text = demanded(rule, key, rule.text(key));
  return isKnown(text) ? (parse(text) ?? rule.odd(key, `"${text}" is not understood`)) : text;
}

function oneOf<Word extends string>(
  rule: PropertyReader,
  key: string,
  words: readonly Word[],
): Known<Word> {
  return parsed(rule, key, (text) =>
    words.find((word) => word.toLowerCase() === text.toLowerCase()),
  );
}

/** The singular and the plural field together; Azure's answers carry both, one of them empty. */
function both(
  rule: PropertyReader,
  singular: string,
  plural: string,
): Known<readonly { key: string; text: Known<string> }[]> {
  const one = rule.text(singular);
  const many = rule.texts(plural);
  if (!isKnown(many)) return many;
  return [
    ...(one === undefined || one === "" ? [] : [{ key: singular, text: one }]),
    ...many.map((text) => ({ key: plural, text })),
  ];
}

/** All of a list or, where one is not known, not known as a whole: the rule might match more than it says. */
function each<Item, Type>(
  items: readonly Item[],
  read: (item: Item) => Known<Type>,
): Known<readonly Type[]> {
  const values: Type[] = [];
  for (const item of items) {
    const value = read(item);
    if (!isKnown(value)) return value;
    values.push(value);
  }
  return values;
}

function selectors(
  rule: PropertyReader,
  index: GraphIndex,
  property: string,
  side: "source" | "destination",
): Known<readonly Selector[]> {
  const prefixes = both(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`);
  const groups = rule.list(`${side}ApplicationSecurityGroups`);
  if (!isKnown(prefixes)) return prefixes;
  if (!isKnown(groups)) return groups;
  if (prefixes.length + groups.length === 0) {
    return rule.odd(`${side}AddressPrefix`, "is missing");
  }
  const named = each(prefixes, ({ key, text }) =>
    isKnown(text) ? (parseSelector(text) ?? rule.odd(key, `"${text}" is not understood`)) : text,
  );
  if (!isKnown(named)) return named;
  const ids = groups.map((group) => (isObject(group) ? (group.id ?? null) : group));
  const place = property === "" ? `${side}ApplicationSecurityGroups` : property;
  const members: Reference[] = index.referAll(rule.resource, place, ids, [APPLICATION_GROUP]);
  const open = members.find((group) => group instanceof Unknown);
  if (open instanceof Unknown) return open;
  return [...named, ...members.map((group): Selector => ({ kind: "group", group }))];
}

function ports(rule: PropertyReader, side: "source" | "destination"): Known<readonly PortRange[]> {
  const texts = both(rule, `${side}PortRange`, `${side}PortRanges`);
  if (!isKnown(texts)) return texts;
  if (texts.length === 0) return rule.odd(`${side}PortRange`, "is missing");
  return each(texts, ({ key, text }) =>
    isKnown(text) ? (parseRulePorts(text) ?? rule.odd(key, `"${text}" is no port`)) : text,
  );
}
