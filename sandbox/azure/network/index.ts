import type { Service } from "../services";
import { applicationSecurityGroup } from "./application-security-groups";
import { bastionHost } from "./bastion-hosts";
import { loadBalancer } from "./load-balancers";
import { natGateway } from "./nat-gateways";
import { networkInterface } from "./network-interfaces";
import { peering } from "./peerings";
import { publicAddress } from "./public-addresses";
import { route, routeTable } from "./route-tables";
import { securityGroup } from "./security-groups";
import { securityRule } from "./security-rules";
import { subnet } from "./subnets";
import { virtualNetwork } from "./virtual-networks";

/** Microsoft.Network. */
export const networkService: Service = {
  types: [
    virtualNetwork,
    subnet,
    peering,
    securityGroup,
    securityRule,
    publicAddress,
    natGateway,
    networkInterface,
    bastionHost,
    routeTable,
    route,
    applicationSecurityGroup,
    loadBalancer,
  ],
};
