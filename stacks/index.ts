import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError, SecureJumpAccess } from "../sdk";
import { readStackConfig } from "./config";

// One program for every environment: the stack's file says what differs, its name is the environment.
const config = new pulumi.Config();
const prefix = `${pulumi.getProject()}:`;
const keys = Object.keys(pulumi.runtime.allConfig())
  .filter((key) => key.startsWith(prefix))
  .map((key) => key.slice(prefix.length));

const environment = pulumi.getStack();
const { args, issues } = readStackConfig({ get: (key) => config.get(key), keys }, environment);
if (args === undefined) {
  throw new InvalidArgsError(`configuration of stack "${environment}"`, issues);
}

const jump = new SecureJumpAccess("jump", args);

export const bastion = jump.bastionHostName;
export const virtualMachines = jump.virtualMachines;
export const activate = jump.activationLink;
export const connect = jump.connect;
export const waysRound = jump.waysRound;
export const guarantees = jump.guarantees;
