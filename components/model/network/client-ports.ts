import type { IntervalSet } from "../packets/interval-set";

/** Ports that an operating system gives to clients; what a Bastion instance connects from. */
export const CLIENT_PORTS: IntervalSet = [{ first: 1024, last: 65535 }];
