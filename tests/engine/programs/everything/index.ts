import { signIn } from "./access";
import { machine } from "./compute";

export const machineId = machine.id;
export const policyId = signIn.objectId;
