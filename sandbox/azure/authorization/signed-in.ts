import { asObject, asText, asTexts, type JsonObject, type JsonValue } from "../json";
import type { AzureRequest } from "../simulation";
import type { Tenant } from "../tenant/tenant";

/** Who sends a request, and what their sign-in has proved. */
export interface SignedIn {
  /** Object id in the tenant. */
  readonly objectId: string;
  /** Whether the sign-in was multifactor (`mfa` among the token's authentication methods). */
  readonly multifactor: boolean;
  /** Authentication contexts that the sign-in satisfied (`acrs`), such as `c1`. */
  readonly contexts: readonly string[];
}

const prefix = "simulated.";

/** A token of the simulated sign-in. It proves nothing: it is readable, unsigned, and worth nothing outside. */
export function simulatedToken(claims: JsonObject): string {
  return prefix + Buffer.from(JSON.stringify(claims)).toString("base64url");
}

/**
 * Reads who is signed in: the token of a simulated sign-in (`POST /signin`), or, for any other token and for none,
 * the caller of the tenant file after a multifactor sign-in.
 */
export function signedIn(request: AzureRequest, tenant: Tenant): SignedIn {
  const header = request.headers.authorization ?? "";
  const token = header.replace(/^Bearer\s+/i, "");
  if (token.startsWith(prefix)) {
    const claims = asObject(
      JSON.parse(
        Buffer.from(token.slice(prefix.length), "base64url").toString("utf8"),
      ) as JsonValue,
    );
    return {
      objectId: (asText(claims.oid) ?? "").toLowerCase(),
      multifactor: asTexts(claims.amr).includes("mfa"),
      contexts: asTexts(claims.acrs),
    };
  }
  return { objectId: tenant.caller, multifactor: true, contexts: [] };
}
