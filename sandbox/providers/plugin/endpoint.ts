/**
 * The address of the simulated Azure, from the environment variable `SANDBOX_AZURE_URL`.
 *
 * @throws Error where it is missing, or is not a loopback address: a stand-in never talks to anything else.
 */
export function endpointOf(url: string | undefined, provider: string): string {
  if (url === undefined || url === "") {
    throw new Error(
      `the simulated ${provider} found no SANDBOX_AZURE_URL, so there is no simulated Azure to talk to; run the program with "npm run sandbox", or remove this stand-in from PATH to deploy to Azure`,
    );
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Error(`SANDBOX_AZURE_URL: "${url}" is not an address; use http://127.0.0.1:PORT`);
  }
  if (
    parsed.protocol !== "http:" ||
    !["127.0.0.1", "localhost", "[::1]"].includes(parsed.hostname)
  ) {
    throw new Error(
      `SANDBOX_AZURE_URL: "${url}" is not on the loopback interface; the simulated ${provider} talks to a simulated Azure on this machine alone`,
    );
  }
  return url.replace(/\/+$/, "");
}
