import { ipKeyGenerator } from 'express-rate-limit';

/** An IPv6 caller owns a /64: all its addresses count as one. */
export function networkOf(address: string): string {
  return ipKeyGenerator(address, 64);
}
