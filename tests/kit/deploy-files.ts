import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { settingNames } from '../../server/config/config.ts';
import { secretSettings } from '../../server/config/environment.ts';
import { charter } from './command.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const deployFolder = join(root, 'deploy');

export type Node = { readonly [key: string]: unknown };

export const readDeploy = (path: string) => readFileSync(join(deployFolder, path), 'utf8');

/** The documents of a YAML file, as whoever uses it reads them. */
export function readYaml<Shape = Node>(path: string): Shape[] {
  const documents = parseAllDocuments(readFileSync(join(root, path), 'utf8'), { merge: true });
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors.join('; ')}`);
    return document.toJS() as Shape;
  });
}

/** All files below a folder of `deploy/`, as paths in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(join(deployFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(deployFolder.length + 1))
    .toSorted();
}

/** Node's own, and what `secretSettings` become as files. */
const others = ['NODE_ENV', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE'];
const inFiles = secretSettings.map((name) => `${name}_FILE`);

/** What would be ignored, or is a secret in the clear. */
export function oddSettings(names: Iterable<string>): string[] {
  const known = new Set([...settingNames, ...others, ...inFiles]);
  for (const name of secretSettings) known.delete(name);
  return [...names].filter((name) => !known.has(name));
}

/** `DATABASE_URL_FILE=/run/secrets/database-url` → `/run/secrets/database-url`, of all that are named. */
export function secretPaths(environment: Readonly<Record<string, string>>): string[] {
  return inFiles.flatMap((name) => environment[name] ?? []);
}

/** How long a process may take to end, by its own settings; docs/operations.md, Stop. */
export function patienceOf(environment: Readonly<Record<string, string>>, isWorker: boolean) {
  const seconds = (name: string) => {
    const value = Number(environment[name]);
    if (!Number.isInteger(value)) throw new Error(`${name} is not said: its default may change`);
    return value;
  };
  const [reader, collector, handBack] = [2, 3, 1];
  const work = isWorker
    ? seconds('JOBS_STOP_SECONDS') + handBack
    : seconds('SHUTDOWN_DELAY_SECONDS') + seconds('REQUEST_TIMEOUT_SECONDS');
  return work + reader + collector;
}

/** The program and its words are a command of charter: it says so itself, and takes them. */
export async function expectCommand(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.includes(':'));
  const { out } = await charter([...names, '--help']);
  expect(out).toContain(`Usage: charter ${names.join(' ')}`);
}
