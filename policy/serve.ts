import { PolicyPack } from "@pulumi/policy";
import { makePolicies } from "./policies";

new PolicyPack("secure-jump-access", {
  description:
    "Proves the network path and the identity path of any program on azure-native and azuread",
  policies: makePolicies(() => new Date().toISOString().slice(0, 10)),
});
