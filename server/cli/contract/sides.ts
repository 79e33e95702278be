import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { openApiDocument } from '../../../contract/document/openapi.ts';
import { Event } from '../../../contract/events/event.ts';
import { contract, tags } from '../../../contract/index.ts';
import { calledFrom } from '../../config/environment.ts';
import { ProgramFailure, run } from '../../development/run-script.ts';
import { UnreadableInput } from '../terminal.ts';

/** One of the two that are compared. */
export interface Contract {
  readonly name: string;
  /** OpenAPI, unless it is a schema of GraphQL alone. */
  readonly document?: unknown;
  readonly schema?: string;
}

export const releasedFolder = 'contract/released';
export const releasedDocument = `${releasedFolder}/openapi.json`;
export const releasedSchema = `${releasedFolder}/schema.graphql`;
export const publishedDocument = 'docs/openapi.json';
export const publishedSchema = 'docs/schema.graphql';

/** What was released last; undefined: nothing has been. */
export async function readReleased(root: string): Promise<Contract | undefined> {
  const file = join(root, releasedDocument);
  if (!existsSync(file)) return undefined;
  const document = await parsed(file, await readFile(file, 'utf8'));
  return { name: releasedDocument, document, ...(await schemaAt(join(root, releasedSchema))) };
}

/** The contract as it stands in the code. The schema is the one that `npm run generate` wrote. */
export async function readOwn(root: string): Promise<Contract> {
  const document: unknown = JSON.parse(
    JSON.stringify(await openApiDocument(contract, tags, Event)),
  );
  return { name: 'the contract', document, ...(await schemaAt(join(root, publishedSchema))) };
}

async function schemaAt(file: string): Promise<{ schema?: string }> {
  return existsSync(file) ? { schema: await readFile(file, 'utf8') } : {};
}

/** A file, or what git knows: `main`, `v1.2.0`, or `main:path/to/openapi.yaml`. */
export async function readNamed(root: string, name: string): Promise<Contract> {
  const file = resolve(calledFrom(), name);
  if (existsSync(file)) {
    const text = await readFile(file, 'utf8').catch((error: Error) => {
      throw new UnreadableInput(`${name} cannot be read: ${error.message}`);
    });
    return contractOf(name, name, text);
  }
  const [reference = '', path] = name.split(/:(.*)/s);
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]);
  if (reference.startsWith('-') || commit === undefined) {
    throw new UnreadableInput(
      `${name} is no file, and git knows no commit of this name. For a branch that was not fetched: git fetch origin ${reference}`,
    );
  }
  const text = await git(root, ['show', `${commit.trim()}:${path || publishedDocument}`]);
  if (text === undefined) {
    throw new UnreadableInput(`${reference} has no ${path || publishedDocument}.`);
  }
  if (path) return contractOf(name, path, text);
  const schema = await git(root, ['show', `${commit.trim()}:${publishedSchema}`]);
  const document = await parsed(name, text);
  return { name, document, ...(schema !== undefined && { schema }) };
}

async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  return run(root, 'git', args).catch((error: unknown) => {
    if (error instanceof ProgramFailure) return undefined;
    throw error;
  });
}

async function contractOf(name: string, file: string, text: string): Promise<Contract> {
  const isSchema = ['.graphql', '.gql'].includes(extname(file));
  return isSchema ? { name, schema: text } : { name, document: await parsed(name, text) };
}

/** JSON, or else YAML. */
async function parsed(name: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { parse } = await import('yaml');
    try {
      // Documents of others may refer to the same part a thousand times; ours need no such words.
      return parse(text, { merge: true, maxAliasCount: 1000 });
    } catch (error) {
      throw new UnreadableInput(`${name} is neither JSON nor YAML: ${(error as Error).message}`);
    }
  }
}
