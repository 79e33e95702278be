import { ipKeyGenerator } from 'express-rate-limit';

/** An IPv6 caller owns a /64: all its addresses count as one. */
export function networkOf(address: string): string {
  // What has no colon is no IPv6, and a network by itself; the rest takes a parser.
  return address.includes(':') ? ipKeyGenerator(address, 64) : address;
}
