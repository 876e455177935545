/** Tag by which a reader of any resource graph finds a credential that somebody holds. */
export const LOCAL_CREDENTIAL_TAG = "secure-jump-access:local-credential";

/** A local credential of the caller's own, as far as it is plain. */
export interface LocalCredentialChoice {
  readonly sshPublicKey?: unknown;
  readonly password?: unknown;
  readonly reason: string;
}

/** The tag's text: what somebody holds and why. Undefined where nobody holds anything. */
export function localCredentialText(
  credential: LocalCredentialChoice | undefined,
): string | undefined {
  const kinds = [
    ...(credential?.sshPublicKey === undefined ? [] : ["ssh-key"]),
    ...(credential?.password === undefined ? [] : ["password"]),
  ];
  return credential === undefined || kinds.length === 0
    ? undefined
    : `${kinds.join(",")}: ${credential.reason}`;
}
