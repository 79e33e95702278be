import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { yamlOf } from '../../contract/document/yaml.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

export function openapiCommand(terminal: Terminal): Command {
  return new Command('openapi')
    .description('Writes the OpenAPI document. Needs no environment and no database.')
    .option('--out <file>', 'write to a file instead of standard output')
    .option('--yaml', 'write it as YAML')
    .addOption(new Option('--json', 'the document is JSON with and without this').conflicts('yaml'))
    .action(async ({ out, yaml }: { out?: string; yaml?: true }) => {
      const document = await openApiDocument(contract, tags, Event);
      const text = yaml ? yamlOf(document).trimEnd() : JSON.stringify(document, null, 2);
      if (out === undefined) return terminal.out(text);
      await writeFile(out, `${text}\n`).catch((error: Error) => {
        throw new CommandFailure(`The document cannot be written: ${error.message}`);
      });
      terminal.err(`Wrote ${out}.`);
    });
}
