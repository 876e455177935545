/**
 * Resource Manager of each cloud, by the audience that a token for it carries. The older audience
 * management.core.* names the classic API and stands for the same tokens.
 * Source: https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure and
 * https://learn.microsoft.com/azure/china/resources-developer-guide
 */
const RESOURCE_MANAGERS: Readonly<Record<string, string>> = {
  "management.azure.com": "https://management.azure.com",
  "management.core.windows.net": "https://management.azure.com",
  "management.usgovcloudapi.net": "https://management.usgovcloudapi.net",
  "management.core.usgovcloudapi.net": "https://management.usgovcloudapi.net",
  "management.chinacloudapi.cn": "https://management.chinacloudapi.cn",
  "management.core.chinacloudapi.cn": "https://management.chinacloudapi.cn",
};

/** For whom a token was made: its `aud` claim, read and not verified, since it only says where to send it. */
export function audienceOf(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(atob(base64(token.split(".")[1] ?? "")));
    const { aud } = payload as { aud?: unknown };
    return typeof aud === "string" ? aud : undefined;
  } catch {
    return undefined;
  }
}

function base64(base64url: string): string {
  return base64url.replaceAll("-", "+").replaceAll("_", "/");
}

/**
 * The Resource Manager of an audience; undefined for any other host, so that a token is never sent to
 * one that it does not name. A loopback address is the simulated Azure of a sandbox.
 */
export function resourceManagerOf(audience: string | undefined): string | undefined {
  if (audience === undefined || !URL.canParse(audience)) return undefined;
  const { protocol, hostname, origin } = new URL(audience);
  if (protocol === "https:") return RESOURCE_MANAGERS[hostname];
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname)
    ? origin
    : undefined;
}
