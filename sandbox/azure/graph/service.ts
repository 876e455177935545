import type { Service } from "../services";
import type { Tenant } from "../tenant/tenant";
import { authenticationContextRoute } from "./authentication-context";
import { authenticationStrengthRoute } from "./authentication-strengths";
import { conditionalAccessRoute } from "./conditional-access";
import { directoryObjectRoute } from "./directory-objects";
import { namedLocationRoute } from "./named-locations";
import { applicationRoute, servicePrincipalRoute } from "./service-principals";
import { signInRoute } from "./sign-in";

/** Microsoft Graph of the simulated Azure, as far as access to machines needs it, and the simulated sign-in. */
export function graphService(tenant: Tenant): Service {
  return {
    types: [],
    routes: [signInRoute(tenant)],
    graph: [
      conditionalAccessRoute,
      authenticationStrengthRoute,
      authenticationContextRoute,
      namedLocationRoute,
      servicePrincipalRoute,
      applicationRoute,
      directoryObjectRoute(tenant),
    ],
  };
}
