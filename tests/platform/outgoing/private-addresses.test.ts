import { expect, it } from 'vitest';
import { isPrivateAddress } from '../../../server/platform/outgoing/private-addresses.ts';

it.each([
  ...['10.1.2.3', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '192.168.1.1'],
  ...['0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255', '198.18.0.1'],
  ...['::', '::1', 'fc00::1', 'fd12::1', 'fe80::1', 'ff02::1', '64:ff9b::a00:1', '2002:a00:1::'],
  ...['::ffff:10.0.0.1', '::ffff:7f00:1'],
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1', '::ffff:8.8.8.8', 'localhost'])(
  '%s is not',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);
