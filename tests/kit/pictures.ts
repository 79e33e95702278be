import { randomBytes } from 'node:crypto';

// The signature, a header of one pixel, and the beginning of its data.
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000ffff49444154',
  'hex',
);

/** Begins as a PNG does, and is no other's. */
export function aPicture(bytes = 1_000): Blob {
  return new Blob([png, randomBytes(bytes - png.length)], { type: 'image/png' });
}
