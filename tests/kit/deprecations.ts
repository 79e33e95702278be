import { afterAll, expect } from 'vitest';

const ours = /[\\/](server|contract|client|migrations)[\\/](?!.*node_modules)/;
const found: string[] = [];

// One worker runs many files: the listener is of this file, and leaves with it.
const listen = (warning: Error) => {
  if (warning.name === 'DeprecationWarning' && isOurs(warning)) found.push(String(warning.stack));
};
process.on('warning', listen);

/** Whether the first frame outside Node itself is code of this repository. */
function isOurs({ stack = '' }: Error): boolean {
  const frames = stack.split('\n').filter((line) => line.trim().startsWith('at '));
  const first = frames.find((line) => !line.includes('node:internal'));
  return first !== undefined && !first.includes('node_modules') && ours.test(first);
}

// A deprecated call of ours fails the file that made it.
afterAll(() => {
  process.off('warning', listen);
  expect(found, 'deprecation warnings from our own code').toEqual([]);
});
