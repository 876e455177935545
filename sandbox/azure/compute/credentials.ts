import { createHash } from "node:crypto";
import type { JsonObject } from "../json";
import { asObject, asText, objectsAt, textAt } from "../json";
import { AzureRefusal } from "../refusal";

// Rules for names and passwords: https://learn.microsoft.com/azure/virtual-machines/windows/faq and .../linux/faq,
// "username requirements" and "password requirements". Texts in the manner of the service, from general knowledge.

function refuse(target: string, message: string): never {
  throw new AzureRefusal(400, "InvalidParameter", message, [
    { code: "InvalidParameter", message: `target: ${target}` },
  ]);
}

/** User names that Azure does not allow on either system (same pages; the common part of both lists). */
const forbiddenUsers: ReadonlySet<string> = new Set(
  "administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5".split(
    " ",
  ),
);

function checkUser(user: string | undefined): void {
  if (user === undefined || user === "") {
    refuse("adminUsername", "Required parameter 'adminUsername' is missing (null).");
  }
  if (forbiddenUsers.has(user.toLowerCase()))
    refuse("adminUsername", "The Admin Username specified is not allowed.");
}

function checkPassword(password: string, longest: number): void {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) =>
    kind.test(password),
  ).length;
  const shortest = longest === 123 ? 8 : 6;
  if (password.length >= shortest && password.length <= longest && kinds >= 3) return;
  refuse(
    "adminPassword",
    `The supplied password must be between ${shortest}-${longest} characters long and must satisfy at least 3 of password complexity requirements from the following: contains an uppercase character, a lowercase character, a numeric digit, a special character. Control characters are not allowed.`,
  );
}

function checkKeys(linux: JsonObject, user: string): number {
  const keys = objectsAt(linux, "ssh.publicKeys");
  for (const key of keys) {
    const path = asText(key.path);
    const data = asText(key.keyData) ?? "";
    if (path !== `/home/${user}/.ssh/authorized_keys`) {
      refuse(
        "linuxConfiguration.ssh.publicKeys.path",
        `Destination path for SSH public keys is currently limited to its default value /home/${user}/.ssh/authorized_keys due to a known issue in Linux provisioning agent.`,
      );
    }
    // https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed: RSA and ed25519 in SSH form
    if (!/^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,3}( .*)?$/.test(data.trim())) {
      refuse(
        "linuxConfiguration.ssh.publicKeys.keyData",
        "The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.",
      );
    }
  }
  return keys.length;
}

function checkComputerName(name: string, windows: boolean): void {
  const bad = /[`~!@#$%^&*()=+_[\]{}\\|;:.'",<>/?]/.test(name);
  if (windows && (name.length > 15 || /^\d+$/.test(name) || bad || name === "")) {
    refuse(
      "computerName",
      "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.",
    );
  }
  if (
    !windows &&
    (name.length > 64 || name === "" || /[`~!@#$%^&*()=+_[\]{}\\|;:'",<>/?\s]/.test(name))
  ) {
    refuse(
      "computerName",
      "Linux host name cannot exceed 64 characters in length or contain special characters.",
    );
  }
}

/** @throws AzureRefusal 400 InvalidParameter for a user, password, key or computer name that Azure does not take */
export function checkCredentials(profile: JsonObject, windows: boolean): void {
  checkComputerName(asText(profile.computerName) ?? "", windows);
  const user = asText(profile.adminUsername);
  checkUser(user);
  const password = asText(profile.adminPassword);
  if (windows) {
    if (password === undefined)
      refuse("adminPassword", "Required parameter 'adminPassword' is missing (null).");
    checkPassword(password, 123);
    return;
  }
  const linux = asObject(profile.linuxConfiguration);
  const keys = checkKeys(linux, user ?? "");
  const passwordOff = linux.disablePasswordAuthentication === true;
  if (password !== undefined) checkPassword(password, 72);
  if ((passwordOff || password === undefined) && keys === 0) {
    refuse(
      "linuxConfiguration",
      "Authentication using either SSH or by user name and password must be enabled in Linux profile.",
    );
  }
}

/** What the store remembers of a password: enough to see that it changed, nothing that would give it back. */
export function passwordMark(profile: JsonObject, salt: string): string | undefined {
  const password = textAt(profile, "adminPassword");
  if (password === undefined) return undefined;
  return createHash("sha256").update(`${salt}\n${password}`).digest("hex");
}
