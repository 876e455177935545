import { ACCESS_CHANGES } from "./access";
import { BASTION_CHANGES } from "./bastion";
import type { Change, NoChange } from "./change";
import { ENVIRONMENT_CHANGES } from "./environment";
import { MACHINE_CHANGES } from "./machines";
import { SIGN_IN_CHANGES } from "./sign-in";
import { SPOKE_CHANGES } from "./spokes";

/** What a change of each input costs, in the order of the page. */
export const SECTIONS: readonly {
  readonly title: string;
  readonly rows: readonly (Change | NoChange)[];
}[] = [
  { title: "The environment and its hub", rows: ENVIRONMENT_CHANGES },
  { title: "The Bastion host", rows: BASTION_CHANGES },
  { title: "Spokes", rows: SPOKE_CHANGES },
  { title: "VMs", rows: MACHINE_CHANGES },
  { title: "Access", rows: ACCESS_CHANGES },
  { title: "Sign-in and waivers", rows: SIGN_IN_CHANGES },
];

export const ROWS: readonly (Change | NoChange)[] = SECTIONS.flatMap(({ rows }) => rows);

export function isChange(row: Change | NoChange): row is Change {
  return "steps" in row;
}
