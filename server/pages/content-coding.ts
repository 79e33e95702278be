import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How bytes can be sent, the smallest first. */
export const codings = ['br', 'gzip', 'identity'] as const;
export type Coding = (typeof codings)[number];

/**
 * The coding that a caller likes best (RFC 9110, 12.5.3); undefined: they take none of ours.
 * Who says nothing, or something that cannot be read, gets the bytes as they are.
 */
export function codingFor(acceptEncoding: string | undefined): Coding | undefined {
  const weights = weightsIn(acceptEncoding ?? '');
  const others = weights.get('*');
  const weightOf = (coding: Coding): number => {
    const said = weights.get(coding) ?? others;
    // Whoever does not rule it out takes it where nothing else is left.
    return said ?? (coding === 'identity' ? Number.MIN_VALUE : 0);
  };
  const [best] = codings.toSorted((a, b) => weightOf(b) - weightOf(a));
  return best !== undefined && weightOf(best) > 0 ? best : undefined;
}

function weightsIn(header: string): Map<string, number> {
  const items = header.toLowerCase().split(',');
  return new Map(
    items.flatMap((item) => {
      const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
      const [, weight] = parameters.map((each) => /^q=(.*)$/.exec(each)).find(Boolean) ?? [];
      const isWeight = weight === undefined || /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight);
      return isWeight ? [[name.replace(/^x-gzip$/, 'gzip'), Number(weight ?? 1)] as const] : [];
    }),
  );
}

/**
 * On another thread, and once for whatever it is. The last level of brotli takes 40 times as long as
 * this one, for a tenth less (decision 0081).
 */
export async function encoded(bytes: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === 'gzip') return promisify(gzip)(bytes, { level: 9 });
  if (coding === 'identity') return bytes;
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
