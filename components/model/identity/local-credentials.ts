import type { Claim } from "../claims/claim";
import type { Estate, VirtualMachine } from "../estate/estate";
import { sentences } from "./assumptions";
import { listed } from "./wording";

/** I7: the VM has no local account that anybody can sign in to. */
export function noLocalCredential({ machines }: Estate): Claim[] {
  return machines.map(claim);
}

function claim({ subject, credentials }: VirtualMachine): Claim {
  const of = { id: "I7", subject } as const;
  const usable = credentials.filter(({ held }) => held === "somebody");
  const [first] = usable;
  if (first !== undefined) {
    return {
      ...of,
      verdict: "refuted",
      because: listed(usable.map(({ because }) => because)),
      assumptions: [],
      counterexample: {
        hop: subject,
        role: first.kind === "password" ? "local password" : "local SSH key",
        resource: subject,
      },
    };
  }
  const open = credentials.filter(({ held }) => held === "unknown");
  if (open.length > 0) {
    const because = listed(open.map((credential) => credential.because));
    return { ...of, verdict: "unknown", because, assumptions: [] };
  }
  const generated = credentials.some(({ kind }) => kind === "password");
  return {
    ...of,
    verdict: "proved",
    because:
      credentials.length === 0
        ? "it is given no local credential"
        : listed(credentials.map((credential) => credential.because)),
    assumptions: sentences("guestAccounts", generated && "stateReaders"),
  };
}
