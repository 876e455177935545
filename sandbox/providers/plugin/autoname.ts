import { createHash } from "node:crypto";

const rotl = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

function quarter(s: Uint32Array, a: number, b: number, c: number, d: number): void {
  const at = (i: number): number => s[i] ?? 0;
  s[a] = at(a) + at(b);
  s[d] = rotl(at(d) ^ at(a), 16);
  s[c] = at(c) + at(d);
  s[b] = rotl(at(b) ^ at(c), 12);
  s[a] = at(a) + at(b);
  s[d] = rotl(at(d) ^ at(a), 8);
  s[c] = at(c) + at(d);
  s[b] = rotl(at(b) ^ at(c), 7);
}

/** One block of 64 bytes of ChaCha with 12 rounds (D. J. Bernstein, "ChaCha, a variant of Salsa20"), nonce zero. */
function chacha12Block(key: Uint8Array, counter: number): Uint8Array {
  const words = new Uint32Array(16);
  words.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  for (let i = 0; i < 8; i += 1) words[4 + i] = view.getUint32(i * 4, true);
  words[12] = counter;
  const state = words.slice();
  for (let round = 0; round < 6; round += 1) {
    quarter(state, 0, 4, 8, 12);
    quarter(state, 1, 5, 9, 13);
    quarter(state, 2, 6, 10, 14);
    quarter(state, 3, 7, 11, 15);
    quarter(state, 0, 5, 10, 15);
    quarter(state, 1, 6, 11, 12);
    quarter(state, 2, 7, 8, 13);
    quarter(state, 3, 4, 9, 14);
  }
  const block = new Uint8Array(64);
  const out = new DataView(block.buffer);
  words.forEach((word, i) => {
    out.setUint32(i * 4, word + (state[i] ?? 0), true);
  });
  return block;
}

/**
 * Hex digits drawn from the engine's random seed as `resource.NewUniqueName` draws them: ChaCha12 under the SHA-256
 * of the seed, the first 32 bytes skipped, then one digit from each 64-bit word (its value modulo 16).
 */
export function seededHex(seed: Uint8Array, digits: number): string {
  const key = createHash("sha256").update(seed).digest();
  let text = "";
  for (let i = 0; i < digits; i += 1) {
    const position = 32 + i * 8;
    const block = chacha12Block(key, Math.floor(position / 64));
    text += ((block[position % 64] ?? 0) & 15).toString(16);
  }
  return text;
}

/** A UUID of 32 seeded hex digits, without version bits, as azure-native names role assignments. */
export function seededUuid(seed: Uint8Array): string {
  const hex = seededHex(seed, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
