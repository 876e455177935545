import fc from "fast-check";
import type { Estate, SecurityRule } from "../../../components/model/estate/estate";
import { Outside, Unknown } from "../../../components/model/estate/known";
import { type Draft, keyOf, part } from "../estate-parts";
import {
  bastionSubnets,
  type Change,
  changeOf,
  configurations,
  machineSubnets,
  nothing,
} from "./changes";
import { anyRule, blur, RULE_PARTS } from "./rules";

type Rules = Draft<SecurityRule>[];
/** The machines' groups more often than Bastion's, which has most of the rules. */
const groups = (estate: Draft<Estate>): Draft<Estate>["securityGroups"] => {
  const [bastion, ...machines] = estate.securityGroups;
  return [...machines, ...machines, bastion!];
};
const rules = (estate: Draft<Estate>): { list: Rules; place: number }[] =>
  groups(estate).flatMap(({ rules: list }) =>
    Array.isArray(list) ? list.map((_, place) => ({ list, place })) : [],
  );

/** Azure refuses two rules of one direction with the same priority: the later one gives way. */
function put(list: Rules, rule: Draft<SecurityRule>): void {
  let { priority } = rule;
  const taken = list
    .filter(({ direction }) => direction === rule.direction)
    .map((other) => other.priority);
  while (typeof priority === "number" && taken.includes(priority)) priority += 1;
  list.push({ ...rule, priority });
}

const addRule = changeOf("add rule", groups, anyRule, ({ rules: list }, rule) => {
  if (Array.isArray(list) && list.length < 12) put(list, rule);
});
const replaceRule = changeOf("replace rule", rules, anyRule, ({ list, place }, rule) => {
  list.splice(place, 1);
  put(list, rule);
});
const dropRule = changeOf("drop rule", rules, nothing, ({ list, place }) => {
  list.splice(place, 1);
});
const blurRule = changeOf(
  "blur rule",
  rules,
  fc.constantFrom(...RULE_PARTS),
  ({ list, place }, what) => {
    blur(list[place]!, what);
  },
);
const hideRules = changeOf("hide rules", groups, nothing, (group) => {
  group.rules = new Unknown("its rules are not known");
});
/** A rule that names who is in a group, on either side. */
const ruleForGroup = changeOf(
  "rule for group",
  groups,
  fc.tuple(anyRule, fc.constantFrom("sources" as const, "destinations" as const), fc.nat(9)),
  ({ rules: list }, [rule, side, kind]) => {
    const group = kind === 0 ? new Unknown("which group is not known") : keyOf("servers");
    if (Array.isArray(list)) put(list, { ...rule, [side]: [{ kind: "group", group }] });
  },
);
const joinGroup = changeOf(
  "join group",
  configurations,
  fc.constantFrom<"in" | "outside" | "perhaps">("in", "in", "in", "outside", "perhaps"),
  (configuration, how) => {
    if (how === "in") configuration.applicationGroups = [keyOf("servers")];
    else if (how === "outside") configuration.applicationGroups = [new Outside("/outside/servers")];
    else configuration.applicationGroups = new Unknown("its groups are not known");
  },
);

/** A group of its own before an interface, with a few rules. */
const ownGroup = changeOf(
  "own group",
  (estate) => estate.interfaces,
  fc.array(anyRule, { maxLength: 4 }),
  (card, list, estate) => {
    const name = `${card.subject}-group-${estate.securityGroups.length}`;
    const own: Rules = [];
    for (const rule of list) put(own, rule);
    estate.securityGroups.push({ ...part(name), rules: own });
    card.securityGroup = keyOf(name);
  },
);
const noGroup = changeOf("no group", machineSubnets, nothing, (subnet) => {
  subnet.securityGroup = undefined;
});
const hiddenGroup = fc.constantFrom(
  new Outside("/outside/group"),
  new Unknown("its group is not known"),
);
const groupElsewhere = changeOf(
  "group elsewhere",
  (estate) => [...estate.subnets, ...estate.interfaces],
  hiddenGroup,
  (owner, group) => {
    owner.securityGroup = group;
  },
);
const bastionWithoutGroup = changeOf("bastion without group", bastionSubnets, nothing, (subnet) => {
  subnet.securityGroup = undefined;
});

export const groupChanges: { arbitrary: fc.Arbitrary<Change>; weight: number }[] = [
  { arbitrary: addRule, weight: 12 },
  { arbitrary: replaceRule, weight: 3 },
  { arbitrary: dropRule, weight: 4 },
  { arbitrary: blurRule, weight: 4 },
  { arbitrary: hideRules, weight: 1 },
  { arbitrary: ruleForGroup, weight: 3 },
  { arbitrary: joinGroup, weight: 3 },
  { arbitrary: ownGroup, weight: 4 },
  { arbitrary: noGroup, weight: 2 },
  { arbitrary: groupElsewhere, weight: 1 },
  { arbitrary: bastionWithoutGroup, weight: 2 },
];
