import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

export function openapiCommand(terminal: Terminal): Command {
  return new Command('openapi')
    .description('Writes the OpenAPI document. Needs no environment and no database.')
    .option('--out <file>', 'write to a file instead of standard output')
    .option('--json', 'the document is JSON with and without this')
    .action(async ({ out }: { out?: string }) => {
      const document = JSON.stringify(await openApiDocument(contract, tags, Event), null, 2);
      if (out === undefined) return terminal.out(document);
      await writeFile(out, `${document}\n`).catch((error: Error) => {
        throw new CommandFailure(`The document cannot be written: ${error.message}`);
      });
      terminal.err(`Wrote ${out}.`);
    });
}
