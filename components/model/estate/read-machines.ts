import type { GraphIndex } from "../graph/graph-index";
import { type GraphResource, Hidden, isObject, type Unread } from "../graph/resource-graph";
import { grouped } from "../grouped";
import { LOCAL_CREDENTIAL_TAG } from "../local-credential-tag";
import { SIGN_IN_PORT } from "../management-ports";
import type { OperatingSystem } from "../operating-system";
import type { LocalCredential, LoginExtension, VirtualMachine } from "./estate";
import { isKnown, type Known, type Reference, Unknown } from "./known";
import { part, readerOf } from "./part";
import type { PropertyReader } from "./property-reader";

const MACHINE = "azure-native:compute:VirtualMachine";
const INTERFACE = "azure-native:network:NetworkInterface";
const EXTENSION = "azure-native:compute:VirtualMachineExtension";
const SPOKE = "secure-jump-access:index:SpokeWorkload";
const LOGIN_TYPES = ["aadsshloginforlinux", "aadloginforwindows", "aadloginforlinux"];
/** Extensions that set or reset a local account: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/support-extensions-agent-version */
const ACCOUNT_TYPES = ["vmaccessforlinux", "vmaccessagent"];

export function readMachines(
  index: GraphIndex,
  unread: Unread[],
): { machines: VirtualMachine[]; loginExtensions: LoginExtension[] } {
  const extensions = index.ofType(EXTENSION).map((resource) => ({
    ...part(index, resource),
    machine: index.parentOf(resource),
    type: extensionType(resource),
  }));
  const resetting = grouped(
    extensions.filter(({ type }) => ACCOUNT_TYPES.includes(type)),
    ({ machine }) => machine,
  );
  const ports = declaredPorts(index);
  return {
    machines: index.ofType(MACHINE).map((resource) => {
      const reader = readerOf(resource, unread);
      const os = operatingSystem(reader);
      const resets = resetting.get(resource.urn) ?? [];
      return {
        ...part(index, resource),
        os,
        interfaces: interfacesOf(reader, index),
        signInPorts: signInPorts(ports.get(resource.name), os),
        credentials: [
          ...credentials(reader, os),
          ...resets.map(({ subject }) => unknownCredential("password", `extension ${subject}`)),
        ],
      };
    }),
    loginExtensions: extensions.filter(({ type }) => LOGIN_TYPES.includes(type)),
  };
}

function extensionType({ properties }: GraphResource): string {
  // Azure's answer calls the handler's type typePropertiesType, and `type` the resource's own.
  const type = properties.typePropertiesType ?? properties.type;
  return typeof type === "string" ? type.toLowerCase() : "";
}

function interfacesOf(reader: PropertyReader, index: GraphIndex): Known<readonly Reference[]> {
  const profile = reader.object("networkProfile");
  if (!isKnown(profile)) return profile;
  if (profile === undefined) return reader.odd("networkProfile", "is missing");
  if (profile.value("networkInterfaceConfigurations") !== undefined) {
    profile.odd("networkInterfaceConfigurations", "makes interfaces that are not in the graph");
  }
  const list = profile.objects("networkInterfaces");
  if (!isKnown(list)) return list;
  const ids = list.map((entry) => entry.value("id") ?? null);
  return index.referAll(reader.resource, "networkProfile", ids, [INTERFACE]);
}

function operatingSystem(reader: PropertyReader): Known<OperatingSystem> {
  const profile = reader.object("osProfile");
  const storage = reader.object("storageProfile");
  if (isKnown(profile) && profile !== undefined) {
    if (profile.value("linuxConfiguration") !== undefined) return "linux";
    if (profile.value("windowsConfiguration") !== undefined) return "windows";
  }
  const disk = isKnown(storage) ? storage?.object("osDisk") : undefined;
  const type = disk !== undefined && isKnown(disk) ? disk.text("osType") : undefined;
  if (type === "Linux") return "linux";
  if (type === "Windows") return "windows";
  return new Unknown(`the operating system of ${reader.resource.name} is not said`);
}

/** Sign-in ports that the components name for their VMs, by the VM's logical name. */
function declaredPorts(index: GraphIndex): ReadonlyMap<string, number> {
  const named = index
    .ofType(SPOKE)
    .flatMap(({ properties: { signInPorts: ports } }) =>
      isObject(ports) ? Object.entries(ports) : [],
    );
  return new Map(
    named.flatMap(([machine, port]) => (typeof port === "number" ? [[machine, port]] : [])),
  );
}

/** Ports of the protocols, or the VM's own where the component that made it names one. */
function signInPorts(own: number | undefined, os: Known<OperatingSystem>): readonly number[] {
  if (own !== undefined) return [own];
  return isKnown(os) ? [SIGN_IN_PORT[os]] : Object.values(SIGN_IN_PORT);
}

function unknownCredential(kind: LocalCredential["kind"], what: string): LocalCredential {
  return { kind, held: "unknown", because: `the graph does not tell who holds the ${what}` };
}

/** What the local account of a VM can be signed in to with. */
function credentials(reader: PropertyReader, os: Known<OperatingSystem>): LocalCredential[] {
  const tagged = tagOf(reader.resource);
  const profile = reader.object("osProfile");
  if (!isKnown(profile)) return [unknownCredential("password", "credentials of its osProfile")];
  if (profile === undefined) return [unknownCredential("password", "accounts of its disk")];
  const found: LocalCredential[] = [];
  // Azure never answers the password, and makes no Windows VM from an image without one.
  const password = os === "windows" || profile.value("adminPassword") !== undefined;
  if (os !== "windows") {
    const linux = profile.object("linuxConfiguration");
    const disabled =
      linux !== undefined && isKnown(linux)
        ? linux.flag("disablePasswordAuthentication")
        : undefined;
    if (!isKnown(disabled))
      found.push(unknownCredential("password", "password of its Linux account"));
    else if (disabled !== true && (os === "linux" || password)) {
      found.push({
        kind: "password",
        held: "somebody",
        because: "Linux takes passwords for sign-in",
      });
    }
    if (hasKeys(linux)) found.push(credential(reader.resource, "sshKey", tagged, "SSH key"));
  }
  if (os !== "linux" && password) {
    found.push(credential(reader.resource, "password", tagged, "password of the local account"));
  }
  return found;
}

function hasKeys(linux: Known<PropertyReader | undefined>): boolean {
  if (linux === undefined || !isKnown(linux)) return true;
  const ssh = linux.object("ssh");
  if (ssh === undefined) return false;
  if (!isKnown(ssh)) return true;
  const keys = ssh.list("publicKeys");
  return !isKnown(keys) || keys.length > 0;
}

/** A key or password: named by the caller (tag), thrown away or never shown by the component, or anybody's. */
function credential(
  resource: GraphResource,
  kind: LocalCredential["kind"],
  tag: Known<string | undefined>,
  what: string,
): LocalCredential {
  if (!isKnown(tag)) return { kind, held: "unknown", because: tag.why };
  if (tag !== undefined) {
    return { kind, held: "somebody", because: `the program gives out its ${what} (${tag})` };
  }
  if (resource.urn.includes(`${SPOKE}$${MACHINE}::`)) {
    return {
      kind,
      held: "nobody",
      because:
        kind === "sshKey"
          ? "the private half of its SSH key was thrown away when it was made"
          : "its password was generated and is known only to who can decrypt the state",
    };
  }
  return unknownCredential(kind, what);
}

function tagOf({ name, properties }: GraphResource): Known<string | undefined> {
  const { tags } = properties;
  if (tags instanceof Hidden) return new Unknown(`the tags of ${name} are not known`);
  const tag = isObject(tags) ? tags[LOCAL_CREDENTIAL_TAG] : undefined;
  if (tag instanceof Hidden) return new Unknown(`the tags of ${name} are not known`);
  return typeof tag === "string" ? tag : undefined;
}
