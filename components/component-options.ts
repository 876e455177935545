import type * as pulumi from "@pulumi/pulumi";

/**
 * Options for a component of this package: what the caller gave, and children that register without
 * the provider's aliases for older API versions.
 *
 * `@pulumi/azure-native` sends 20 to 60 aliases with each resource, for state written under another
 * API version's type token. These components have only ever registered the default modules, so no
 * such state exists, and dropping the lists halves the engine's time. What this rules out is in
 * docs/adr/0002-no-provider-aliases.md.
 */
export function componentOptions(
  opts: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  return { ...opts, transformations: [...(opts.transformations ?? []), withoutProviderAliases] };
}

const withoutProviderAliases: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  if (!type.startsWith("azure-native:")) return undefined;
  return { props, opts: { ...opts, aliases: undefined } };
};
