import type { Service } from "../services";
import { disk } from "./disks";
import { extension } from "./extensions";
import { instanceViewRoute } from "./power";
import { computeTypes } from "./versions";
import { virtualMachine } from "./virtual-machines";

export { computeTypes };

/** Microsoft.Compute. */
export const computeService: Service = {
  types: [virtualMachine, extension, disk],
  routes: [instanceViewRoute],
};
