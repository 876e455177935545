import { beginOperation } from "../operations";
import { operationHeaders } from "../operation-answer";
import type { Held } from "../resource-type";
import { asText, type JsonObject } from "../json";
import type { AzureRequest, AzureResponse, Route, Simulation } from "../simulation";
import type { StoredResource } from "../store";
import { computeTypes } from "./versions";

/** States of a VM (https://learn.microsoft.com/azure/virtual-machines/states-billing). */
export type PowerState = "running" | "stopped" | "deallocated";

/** The power state of a stored VM. */
export function powerOf(machine: StoredResource): PowerState {
  const power = asText(machine.hidden?.power);
  return power === "stopped" || power === "deallocated" ? power : "running";
}

/** Sets the power state of a VM at once. */
export function setPower(
  simulation: Simulation,
  machine: StoredResource,
  power: PowerState,
): StoredResource {
  return simulation.store.put({ ...machine, hidden: { ...machine.hidden, power } });
}

function switchTo(power: PowerState): (held: Held, request: AzureRequest) => AzureResponse {
  return ({ simulation, resource }, request) => {
    const machine = setPower(simulation, resource, power);
    const operation = beginOperation(
      simulation,
      machine,
      "action",
      "virtualMachineAction",
      [machine.id],
      {},
    );
    const version = request.query.get("api-version") ?? "";
    return {
      status: 202,
      headers: operationHeaders(simulation, operation, version),
      operation: operation.id,
    };
  };
}

/** POST actions that change the power state (https://learn.microsoft.com/rest/api/compute/virtual-machines). */
export const powerActions = {
  start: switchTo("running"),
  restart: switchTo("running"),
  poweroff: switchTo("stopped"),
  deallocate: switchTo("deallocated"),
} as const;

function instanceView(machine: StoredResource): JsonObject {
  const power = powerOf(machine);
  return {
    computerName: machine.name,
    statuses: [
      {
        code: "ProvisioningState/succeeded",
        level: "Info",
        displayStatus: "Provisioning succeeded",
      },
      { code: `PowerState/${power}`, level: "Info", displayStatus: `VM ${power}` },
    ],
  };
}

/** GET `{vm}/instanceView`, which is neither a resource nor a list. */
export const instanceViewRoute: Route = (request, { store }) => {
  const id = /^(.*\/virtualMachines\/[^/]+)\/instanceView$/i.exec(request.path)?.[1];
  const machine = id === undefined ? undefined : store.get(id);
  if (request.method !== "GET" || machine?.type !== computeTypes.virtualMachine) return undefined;
  return { status: 200, body: instanceView(machine) };
};
