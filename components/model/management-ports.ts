import type { OperatingSystem } from "./operating-system";

/** The port Bastion connects to where the VM names no other. */
export const SIGN_IN_PORT: Readonly<Record<OperatingSystem, number>> = { linux: 22, windows: 3389 };

/**
 * Ports by which a machine is administered from afar. Whoever reaches one of them does not come
 * through Bastion, so no rule of a caller may open it.
 * Sources: 135, 445 https://learn.microsoft.com/troubleshoot/windows-server/networking/service-overview-and-network-port-requirements,
 * 5985, 5986 https://learn.microsoft.com/windows/win32/winrm/installation-and-configuration-for-windows-remote-management
 */
export const REMOTE_ADMINISTRATION_PORTS: Readonly<Record<number, string>> = {
  22: "SSH",
  135: "RPC endpoint mapper",
  445: "SMB",
  3389: "RDP",
  5985: "WinRM over HTTP",
  5986: "WinRM over HTTPS",
};

/** First and last port of `443` or `8000-8010`; undefined for what is neither, or no port. */
export function parsePorts(text: string | number): { first: number; last: number } | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(text));
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}
