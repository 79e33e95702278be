import { join } from 'node:path';
import { expect, it } from 'vitest';
import { service } from '../../contract/service.ts';
import { compile, emptyFolder, root, write } from '../client/compile.ts';
import { document } from '../kit/document.ts';

it('the samples of the document compile, against the client as it is', async () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const samples = operations.map(({ operationId, ...operation }): [string, string] => {
    return [`${operationId}.ts`, operation['x-codeSamples']?.[0]?.source ?? ''];
  });
  const folder = await emptyFolder();
  await write(folder, [['package.json', '{ "type": "module" }'], ...samples]);
  const paths = {
    [service.clientPackage]: [join(root, 'client/index.ts')],
    [`${service.clientPackage}/events`]: [join(root, 'client/events.ts')],
  };
  const options = { noEmit: true, allowImportingTsExtensions: true, noUnusedLocals: true, paths };
  expect(
    await compile(
      folder,
      samples.map(([name]) => name),
      options,
    ),
  ).toBe('');
}, 60_000);
