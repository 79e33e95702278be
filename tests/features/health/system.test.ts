import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemOf, systemProbe } from '../../../server/features/health/system.ts';

const roomy = { durationMs: 0.1, cpuLoad: 9, memoryUsed: 0.95, storageFree: 0.1 };

it('is healthy while there is room, however busy it is', () => {
  expect(systemOf(roomy)).toEqual({ ...roomy, status: 'healthy', warnings: [] });
});

it.each([
  ['memory', { memoryUsed: 0.951 }, /of the memory is in use/],
  ['room for files', { storageFree: 0.099 }, /Less than 10 % of the disk/],
  ['an answer of the disk', { storageFree: null }, /does not answer/],
])('is degraded when it lacks %s', (_what, scarce, warning) => {
  expect(systemOf({ ...roomy, ...scarce })).toMatchObject({
    ...scarce,
    status: 'degraded',
    warnings: [expect.stringMatching(warning)],
  });
});

it('looks at the disk where the folder of files will be', async () => {
  const probe = systemProbe(join(tmpdir(), 'not-there', 'yet'));
  const { storageFree, cpuLoad, memoryUsed } = await probe();
  expect(storageFree).toEqual(expect.any(Number));
  expect(cpuLoad).toBeGreaterThanOrEqual(0);
  expect(memoryUsed).toBeGreaterThan(0);
});

it('asks about no disk where there is a bucket', async () => {
  const { storageFree, warnings } = await systemProbe(undefined)();
  expect(storageFree).toBeNull();
  expect(warnings.join()).not.toContain('disk');
});

it('does not know a disk that it cannot ask', async () => {
  // A path below a file is none.
  const probe = systemProbe(join(import.meta.filename, 'below'));
  expect(await probe()).toMatchObject({ status: 'degraded', storageFree: null });
});
