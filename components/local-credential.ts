import { generateKeyPairSync, randomBytes } from "node:crypto";

/** Name of the local account that Azure insists on at creation. Nobody signs in with it. */
export const LOCAL_ACCOUNT = "jumplocal";

/**
 * The public half of a fresh Ed25519 key pair in OpenSSH's form. The private half is never written
 * anywhere and is gone when this returns: the account cannot be signed in to.
 * Azure takes Ed25519 keys: https://learn.microsoft.com/azure/virtual-machines/linux/mac-create-ssh-keys
 */
export function discardedKeyPair(): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  const { x } = publicKey.export({ format: "jwk" });
  const key = Buffer.from(x ?? "", "base64url");
  const algorithm = "ssh-ed25519";
  const blob = Buffer.concat([lengthPrefixed(Buffer.from(algorithm)), lengthPrefixed(key)]);
  return `${algorithm} ${blob.toString("base64")} nobody-holds-the-private-half`;
}

/** RFC 4251, section 5: a string is its length in four bytes, then its bytes. */
function lengthPrefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/**
 * A password of 192 random bits for the Windows account. The last four characters bring each class that
 * Windows asks for. It is never shown; only who can decrypt the stack's state can know it.
 */
export function generatedPassword(): string {
  return `${randomBytes(24).toString("base64url")}aA1!`;
}
