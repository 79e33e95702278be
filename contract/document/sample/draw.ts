/**
 * Luck that can be had again. A seed is a number, and each part of a thing has one of its own, made
 * from that of the whole and the name of the part: whatever is added beside it changes nothing.
 */
export type Seed = number;

/** The seed of a part. (FNV-1a over the name, from where the whole left off.) */
export function seedOf(whole: Seed, part: string | number): Seed {
  let hash = whole ^ 0x811c9dc5;
  for (const letter of `/${part}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number from 0 on, below the limit. (The mix of mulberry32, which is in the public domain.) */
export function draw(seed: Seed, limit: number): number {
  const state = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}

export function drawOf<Thing>(seed: Seed, things: readonly Thing[]): Thing {
  return things[draw(seed, things.length)] as Thing;
}

export function drawHex(seed: Seed, length: number): string {
  return Array.from({ length }, (_, at) => draw(seedOf(seed, at), 16).toString(16)).join('');
}
