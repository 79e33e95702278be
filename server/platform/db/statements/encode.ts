import { createRequire } from 'node:module';

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as {
  prepareValue: (value: unknown) => string | Buffer | null;
};

/** An argument in the form that goes over the wire, as pg writes it. */
export function encode(value: unknown): string | Buffer | null {
  if (typeof value === 'string') return value;
  if (value === null) return null;
  return value instanceof Date ? encodeInstant(value) : prepareValue(value);
}

/** pg writes local time with its offset: the same instant, by a longer way. */
function encodeInstant(instant: Date): string | Buffer | null {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999 ? instant.toISOString() : prepareValue(instant);
}
