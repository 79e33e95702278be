import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as z from 'zod';

/** How settings are written in the environment; each says what to do where it is not. */
export const csv = z
  .string()
  .transform((value) => value.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const host = z.string().min(1);

/** A name that a caller may use for this service, or all below one. */
export const hostName = z
  .string()
  .regex(
    /^(\*\.)?[\w-]+(\.[\w-]+)*$/,
    'write names as api.internal or *.example.com, without ports',
  );

export const port = whole(0, 65_535);

/** Where a collector of OpenTelemetry listens for OTLP over HTTP. */
export const collector = z.url({
  protocol: /^https?$/,
  error: 'write https://… or http://…, the port for HTTP included (4318)',
});

export const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'write postgres://…' });

export const ratio = z
  .string()
  .regex(/^\d*\.?\d+$/, 'write a number from 0 to 1, as 0.01')
  .transform(Number)
  .pipe(z.number().max(1));

/** `key1=value1,key2=value2`, percent-encoded where it has to be, as OpenTelemetry writes lists. */
export const keyValues = csv.transform((items, context) => {
  try {
    return Object.fromEntries(items.map(keyAndValue));
  } catch {
    const message = 'write key=value,key=value; percent-encode what is special in them';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});

function keyAndValue(item: string): [string, string] {
  const [key = '', value, ...rest] = item.split('=').map((part) => decodeURIComponent(part.trim()));
  if (key === '' || value === undefined || rest.length > 0)
    throw new Error('neither key nor value');
  return [key, value];
}

export const origin = z
  .url({ protocol: /^https?$/ })
  .transform((value) => new URL(value))
  .refine(({ pathname, search }) => pathname === '/' && search === '', 'write an origin, no path')
  .transform((url) => url.origin);

const networkWords = ['loopback', 'linklocal', 'uniquelocal'];

/** A file in PEM; what it says, so that a path that leads nowhere is noticed at the start. */
export const certificate = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Without the path: whatever was put here by mistake may be a secret.
    const { code } = error as NodeJS.ErrnoException;
    context.addIssue(`cannot be read (${code}); check the path, which is not shown`);
    return z.NEVER;
  }
});

export const network = z
  .string()
  .refine(
    isNetwork,
    'write addresses, networks as 10.0.0.0/8, or loopback, linklocal, uniquelocal',
  );

/** Addresses themselves: without the words that stand for some. */
export const privateNetwork = z
  .string()
  .refine(
    (text) => isNetwork(text) && !networkWords.includes(text),
    'write networks as 10.1.0.0/16, or addresses',
  );

export function whole(min: number, max: number) {
  return z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host === 'localhost';
}

/** What Express takes for a proxy it trusts; a bare number would mean the address 0.0.0.1. */
function isNetwork(text: string): boolean {
  if (networkWords.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}
