import { readdir } from 'node:fs/promises';
import type { TestApp } from './app.ts';

/** The names of all files that an app keeps in its folder, of whole ones and of parts of them. */
export async function filesOf({ config }: Pick<TestApp, 'config'>): Promise<string[]> {
  const options = { recursive: true, withFileTypes: true } as const;
  const found = await readdir(config.storage.path, options).catch(() => []);
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}
