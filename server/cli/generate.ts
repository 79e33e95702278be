import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { CannotGenerate } from '../development/generate/cannot-generate.ts';
import type { Draft } from '../development/generate/draft.ts';
import { draftEndpoint } from '../development/generate/endpoint.ts';
import { draftFeature } from '../development/generate/feature.ts';
import { finish } from '../development/generate/finish.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

interface Report extends Options {
  readonly noun: string;
}

const ourRoot = fileURLToPath(new URL('../../', import.meta.url));

export function generateCommand(terminal: Terminal, root = ourRoot): Command {
  return new Command('generate')
    .description('Writes code: a feature, an endpoint. Needs the sources, and no database.')
    .addCommand(featureCommand(terminal, root))
    .addCommand(endpointCommand(terminal, root));
}

function featureCommand(terminal: Terminal, root: string): Command {
  return writing('feature')
    .description('Writes a noun of its own, from the table to the test.')
    .argument('<noun>', 'a plural, such as invoices or purchase-orders')
    .option('--singular <word>', 'what one of them is called, where the ending does not tell')
    .action(async (noun: string, options: Options & { singular?: string }) => {
      const draft = drafted(() => draftFeature(root, noun, options.singular));
      await report(terminal, root, draft, { ...options, noun });
    });
}

function endpointCommand(terminal: Terminal, root: string): Command {
  return writing('endpoint')
    .description('Writes a verb of a noun that `generate feature` wrote, or of one of its shape.')
    .argument('<noun.verb>', 'such as invoices.approve')
    .option('--reads', 'it reads one thing (GET) instead of changing it (POST)')
    .action(async (address: string, options: Options & { reads?: true }) => {
      const draft = drafted(() => draftEndpoint(root, address, { reads: options.reads === true }));
      const [noun = ''] = address.split('.');
      await report(terminal, root, draft, { ...options, noun });
    });
}

function writing(name: string): Command {
  return new Command(name)
    .option('--dry-run', 'write nothing, say what would be written')
    .option('--json', 'write the result as JSON');
}

function drafted(draft: () => Draft): Draft {
  try {
    return draft();
  } catch (error) {
    throw error instanceof CannotGenerate ? new CommandFailure(error.message) : error;
  }
}

async function report(
  terminal: Terminal,
  root: string,
  draft: Draft,
  { noun, dryRun, json }: Report,
): Promise<void> {
  if (!dryRun) await finish(root, draft, terminal.err);
  const { created, edited } = draft;
  if (json) {
    return terminal.out(JSON.stringify({ ok: true, written: !dryRun, created, edited }));
  }
  for (const file of created) terminal.out(`  new      ${file}`);
  for (const file of edited) terminal.out(`  changed  ${file}`);
  if (dryRun) return terminal.out('Nothing was written.');
  terminal.out(
    '  changed  client/generated/, docs/client/, docs/openapi.json, docs/schema.graphql, …',
  );
  terminal.out(`Next: npm test -- tests/features/${noun}`);
  terminal.out('Then give it the fields and rules of its own: docs/adding-a-feature.md.');
}
