import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { build } from '@kubb/core';
import { pluginClient } from '@kubb/plugin-client';
import { pluginOas } from '@kubb/plugin-oas';
import { pluginTs } from '@kubb/plugin-ts';
import orval from 'orval';

type Generate = (document: string, folder: string, origin: string) => Promise<unknown>;

/** Each as its own guide begins, into a folder of its name. */
export const generators = {
  'openapi-fetch': (document, folder) =>
    run('openapi-typescript', document, '--output', `${folder}/schema.d.ts`),

  'hey-api': (document, folder) =>
    run('openapi-ts', '-i', document, '-o', folder, '-c', '@hey-api/client-fetch', '--no-log-file'),

  orval: (document, folder, origin) =>
    orval({
      input: document,
      output: { target: `${folder}/client.ts`, client: 'fetch', baseUrl: origin },
    }),

  'openapi-zod-client': async (document, folder) => {
    await mkdir(folder, { recursive: true });
    await run('openapi-zod-client', document, '-o', `${folder}/client.ts`, '--export-schemas');
  },

  kubb: async (document, folder) => {
    const { error, failedPlugins } = await build({
      config: {
        // Anything else than the working directory gets a second copy of all files.
        root: process.cwd(),
        input: { path: document },
        output: { path: folder, clean: true },
        plugins: [
          pluginOas({ generators: [] }),
          pluginTs({ output: { path: 'types' } }),
          pluginClient({ output: { path: 'clients' }, client: 'fetch', dataReturnType: 'full' }),
        ],
      },
    });
    if (error ?? failedPlugins.size > 0) throw new Error('kubb failed', { cause: error });
  },
} satisfies Record<string, Generate>;

/** A program of this folder's `node_modules`, which npm puts in front of the path. */
async function run(program: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(program, args);
}
