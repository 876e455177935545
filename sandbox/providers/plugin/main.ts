import { mortalityOf } from "./mortality";
import type { Provider } from "./provider";
import { serve } from "./serve";

/** Runs a provider as a plugin: the engine reads the port from the first line of standard output. */
export async function main(make: (url: string | undefined) => Provider): Promise<void> {
  const provider = make(process.env.SANDBOX_AZURE_URL);
  const mortality = mortalityOf(process.env.SANDBOX_PROVIDER_DIE_AT, provider.name);
  const served = await serve(provider, mortality);
  process.stdout.write(`${served.port}\n`);
}
