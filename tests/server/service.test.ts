import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { service } from '../../contract/service.ts';

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));

it('the package is called as the service is, and its lock file knows it so', () => {
  const { name, version } = read('package.json');
  const lock = read('package-lock.json');
  expect(name).toBe(service.name);
  expect(lock).toMatchObject({ name, version });
  expect(lock.packages['']).toMatchObject({ name, version });
});
