import { Command } from 'commander';
import { readSchemaState, type Step } from '../platform/db/schema-state.ts';
import { migrate } from '../start/prepare.ts';
import { migrateDownCommand } from './migrate-down.ts';
import { migrateNewCommand } from './migrate-new.ts';
import type { Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

interface Options {
  readonly json?: true;
}

export function migrateCommand(terminal: Terminal): Command {
  const up = new Command('up')
    .description('Brings it up to date. Safe to run twice and from two places.')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => migrateUp(terminal, options));
  const status = new Command('status')
    .description('Lists what has run, what is pending, and what a newer release made.')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => showStatus(terminal, options));
  return new Command('migrate')
    .description('The database schema. Alone: `migrate up`.')
    .addCommand(up, { isDefault: true })
    .addCommand(status)
    .addCommand(migrateDownCommand(terminal))
    .addCommand(migrateNewCommand(terminal));
}

async function migrateUp(terminal: Terminal, { json }: Options): Promise<void> {
  const { migrations, newer } = await withPlatform(terminal, 'migrate', (platform) =>
    migrate(platform, terminal.err),
  );
  if (json) return terminal.out(JSON.stringify({ ok: true, migrations, newer }));
  for (const name of migrations) terminal.out(`migrated ${name}`);
  if (newer.length > 0) terminal.out(`A newer release has made ${newer.join(', ')}.`);
  else if (migrations.length === 0) terminal.out('The schema is up to date.');
}

async function showStatus(terminal: Terminal, { json }: Options): Promise<void> {
  const { steps, pending } = await withPlatform(terminal, 'migrate status', ({ databases }) =>
    databases.direct((db) => readSchemaState(db)),
  );
  if (json) return terminal.out(JSON.stringify({ ok: true, steps, pending }));
  for (const step of steps) terminal.out(`${stateOf(step).padEnd(12)}  ${step.name}`);
  for (const name of pending) terminal.out(`${'pending'.padEnd(12)}  ${name}`);
}

function stateOf({ isKnown, isCompatible }: Step): string {
  if (isKnown) return 'applied';
  return isCompatible ? 'newer' : 'incompatible';
}
