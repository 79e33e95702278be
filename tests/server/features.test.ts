import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Mount } from '../../server/app.ts';
import { type Complete, type Features, openFeatures } from '../../server/features.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { recordingLog, startApp, testConfig } from '../kit/app.ts';

const folder = new URL('../../server/features/', import.meta.url);
const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const named = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

it('every feature is handed on, also one that serves no noun', async () => {
  const platform = openPlatform(testConfig('postgres://nowhere.invalid/charter'), recordingLog());
  const opened = Object.keys(openFeatures(platform));
  await platform.close();
  expect(opened.sort()).toEqual(folders.map(({ name }) => named(name)).sort());
});

it('does not compile without the feature of a noun', () => {
  const forgetful = (others: Omit<Features, 'users'>) => {
    // @ts-expect-error users is missing
    return others satisfies Complete;
  };
  expect(forgetful).toBeDefined();
});

it('a feature that serves no noun is started, too', async () => {
  const started: string[] = [];
  const start = async () => void started.push('nameless');
  const app = await startApp(
    {},
    { mount: () => ({ contract: {}, tags: {}, features: { nameless: { start } } }) },
  );
  await app.close();
  expect(started).toEqual(['nameless']);
});

it.each([
  ['a noun', 'users'],
  ['a feature that serves none', 'passwords'],
])('what is mounted cannot replace %s of ours', async (_what, name) => {
  const mount: Mount = () => ({ contract: {}, tags: {}, features: { [name]: {} } });
  await expect(startApp({}, { mount })).rejects.toThrow(`${name} would replace`);
});
