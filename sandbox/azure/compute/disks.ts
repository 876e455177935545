import { guidOf } from "../guid";
import { asObject, at, textAt } from "../json";
import { sealed } from "../arm-write";
import { AzureRefusal } from "../refusal";
import { keyOf, nameOf, resourceGroupOf } from "../resource-id";
import type { ResourceType, Write } from "../resource-type";
import type { Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { computeTypes, diskVersions } from "./versions";

/** A name for the system disk of a new VM; a disk that an earlier VM of that name left behind keeps its own. */
export function diskIdOf(write: Write): string {
  const group = resourceGroupOf(write.id.text) ?? "";
  for (let attempt = 0; ; attempt += 1) {
    const letters = guidOf(`osDisk/${write.id.key}/${attempt}`).replace(/-/g, "");
    const id = `${group}/providers/${computeTypes.disk}/${write.id.name}_OsDisk_1_${letters}`;
    if (write.simulation.store.get(id) === undefined) return id;
  }
}

/** Makes the system disk of a VM, or notes the VM on it. */
export function attachDisk(simulation: Simulation, machine: StoredResource): void {
  const osDisk = asObject(at(machine.body, "properties.storageProfile.osDisk"));
  const id = textAt(osDisk, "managedDisk.id") ?? "";
  const name = nameOf(id);
  const content = {
    location: machine.body.location,
    zones: machine.body.zones,
    managedBy: machine.id,
    sku: { name: textAt(osDisk, "managedDisk.storageAccountType") },
    properties: {
      osType: osDisk.osType,
      diskSizeGB: osDisk.diskSizeGB,
      diskState: "Attached",
      creationData: { createOption: osDisk.createOption },
      provisioningState: "Succeeded",
    },
  };
  const body = JSON.parse(
    JSON.stringify(sealed(disk, id, name, content)),
  ) as StoredResource["body"];
  simulation.store.put({ id, type: computeTypes.disk, name, body });
}

/** The VM is gone: its system disk goes with it or stays unattached, as `deleteOption` says. */
export function releaseDisk(simulation: Simulation, machine: StoredResource): void {
  const osDisk = asObject(at(machine.body, "properties.storageProfile.osDisk"));
  const found = simulation.store.get(textAt(osDisk, "managedDisk.id") ?? "");
  if (found === undefined) return;
  if (osDisk.deleteOption === "Delete") simulation.store.delete(found.id);
  else {
    const properties = { ...asObject(found.body.properties), diskState: "Unattached" };
    simulation.store.put({ ...found, body: { ...found.body, managedBy: undefined, properties } });
  }
}

/** https://learn.microsoft.com/rest/api/compute/disks; the simulation has the system disks that VMs make. */
export const disk: ResourceType = {
  type: computeTypes.disk,
  apiVersions: diskVersions,
  placement: "resourceGroup",
  located: true,
  longRunning: { delete: "diskDelete" },
  put({ id }) {
    throw new AzureRefusal(
      400,
      "OperationNotAllowed",
      `The simulated Azure makes system disks together with their VM only; it cannot write ${id.text}.`,
    );
  },
  checkDelete({ simulation, resource }) {
    const owner = textAt(resource.body, "managedBy");
    if (owner === undefined || simulation.store.get(owner) === undefined) return;
    // Code and text from general knowledge, no page found.
    throw new AzureRefusal(
      409,
      "OperationNotAllowed",
      `Disk ${nameOf(keyOf(resource.id))} is attached to VM ${owner}.`,
    );
  },
};
