import * as pulumi from "@pulumi/pulumi";
import { isDowngrade } from "./model/bastion-sku";
import { underMocks } from "./under-mocks";

/**
 * Stops an update that lowers a host's SKU, at preview already, and says how to get it. A mark for replacement
 * could not tell a downgrade from an upgrade, which Azure does in place; only the engine has both SKUs at hand,
 * and it shows them to this hook. A replacement passes: it is no update.
 *
 * Pulumi's mocks carry no hooks, so there are none under them.
 * https://www.pulumi.com/docs/iac/concepts/resources/options/hooks/
 */
export function downgradeHooks(
  name: string,
  hostName: string,
): pulumi.ResourceHookBinding | undefined {
  if (underMocks()) return undefined;
  const hook = new pulumi.ResourceHook(
    // A hook's name is unique in a program: two components may share a name under different parents.
    `secure-jump-access:bastion-downgrade:${name}:${hostName}`,
    ({ urn, oldInputs, newInputs }) => {
      const [from, to] = [skuOf(oldInputs), skuOf(newInputs)];
      if (isDowngrade(from, to)) throw new Error(downgradeText(name, from, to, urn));
    },
    { onDryRun: true },
  );
  return { beforeUpdate: [hook] };
}

function skuOf(inputs: unknown): string {
  const { sku } = (inputs ?? {}) as { sku?: { name?: unknown } };
  return typeof sku?.name === "string" ? sku.name : "";
}

/** What a user reads: the fact, the price, and the line to paste. */
export function downgradeText(name: string, from: string, to: string, urn: string): string {
  return [
    `BastionHost "${name}": the SKU goes down from ${from} to ${to}, and Azure upgrades a host in place but downgrades none.`,
    "Ask for a replacement, which ends open sessions and leaves no way in until the new host stands:",
    // Single quotes: a URN holds dollar signs.
    `  pulumi up --replace '${urn}'`,
  ].join("\n");
}
