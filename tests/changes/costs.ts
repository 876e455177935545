import type { Cost } from "./change";

export const NOTHING: Cost = { words: "nothing" };

/** https://learn.microsoft.com/azure/bastion/configure-host-scaling-powershell (2023-05-17): connections are disrupted. */
export const SESSIONS_CUT: Cost = {
  name: "sessions cut",
  words: "Open sessions are cut; they can be opened again at once.",
};

/** https://learn.microsoft.com/azure/bastion/upgrade-sku (2023-10-13): about ten minutes; it says nothing of sessions. */
export const HOST_UPDATED: Cost = {
  name: "host in update",
  words:
    "Azure updates the host, about ten minutes. Whether sessions go on meanwhile Microsoft does not say: plan for their end.",
};

export const HOST_REPLACED: Cost = {
  name: "host replaced",
  words: "Every open session ends.",
  closed: { to: "any VM", operations: ["bastionDelete", "bastionPut"] },
};

/** https://learn.microsoft.com/azure/virtual-machines/sizes/resize-vm: a running VM restarts. */
export const RESTART: Cost = {
  name: "VM restarts",
  words: "The VM restarts and its sessions end.",
};

export const MACHINE_REPLACED: Cost = {
  name: "VM replaced",
  words:
    "The VM is made anew from its image: what is on its disk is lost and its sessions end. It has to run, for Azure deletes no extension of a stopped one. On Windows its old device has to be deleted in Entra ID first.",
  closed: {
    to: "this VM",
    operations: ["extensionDelete", "virtualMachineDelete", "virtualMachinePut", "extensionPut"],
  },
};

export const SPOKE_REPLACED: Cost = {
  name: "spoke replaced",
  words: "Every VM of the spoke is made anew, as under VM replaced.",
  closed: {
    to: "this spoke",
    operations: [
      "extensionDelete",
      "virtualMachineDelete",
      "networkInterfaceDelete",
      "subnetDelete",
      "virtualNetworkDelete",
      "virtualNetworkPut",
      "subnetPut",
      "networkInterfacePut",
      "virtualMachinePut",
      "extensionPut",
    ],
  },
};

export const ALL_REPLACED: Cost = {
  name: "all replaced",
  words:
    "A new environment in place of the old one: what is on the disks is lost, sessions end, eligibilities begin anew.",
  closed: {
    to: "anything",
    operations: [
      "bastionDelete",
      "subnetDelete",
      "virtualNetworkDelete",
      "virtualNetworkPut",
      "subnetPut",
      "bastionPut",
    ],
  },
};

export const NEXT_ACTIVATION: Cost = {
  name: "next activation",
  words: "Holds from the next activation on; who is active stays so.",
};

export const NEW_ELIGIBILITY: Cost = {
  name: "eligibility anew",
  words:
    "The group's eligibility ends and begins anew; between the two nobody of it can activate. Azure ends none that is younger than five minutes.",
};

export const NEXT_SIGN_IN: Cost = {
  name: "next sign-in",
  words: "Holds from the next sign-in on.",
};

/** Costs that have a name, in the order of the page. */
export const NAMED: readonly Cost[] = [
  SESSIONS_CUT,
  HOST_UPDATED,
  HOST_REPLACED,
  RESTART,
  MACHINE_REPLACED,
  SPOKE_REPLACED,
  ALL_REPLACED,
  NEXT_ACTIVATION,
  NEW_ELIGIBILITY,
  NEXT_SIGN_IN,
];
