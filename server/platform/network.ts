import { ipKeyGenerator } from 'express-rate-limit';

/** The neighbourhood of an address: the /24 of IPv4, the /48 of IPv6, as `203.0.113.0/24`. */
export function neighbourhoodOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain.includes(':')) return ipKeyGenerator(plain, 48);
  return plain === '' ? 'unknown network' : plain.replace(/\.\d+$/, '.0/24');
}

/** An IPv6 caller owns a /64: all its addresses count as one. */
export function networkOf(address: string): string {
  // What has no colon is no IPv6, and a network by itself; the rest takes a parser.
  return address.includes(':') ? ipKeyGenerator(address, 64) : address;
}
