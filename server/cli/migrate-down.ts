import { Command } from 'commander';
import { migrationTimeoutMs, takeBack } from '../platform/db/migrate.ts';
import { readSchemaState, type SchemaState } from '../platform/db/schema-state.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

interface Options {
  readonly to?: string;
  readonly yes?: true;
  readonly json?: true;
}

export function migrateDownCommand(terminal: Terminal): Command {
  return new Command('down')
    .description('Takes the last migration back, or all after another one, with the data in it.')
    .option('--to <name>', 'the migration that is the last one then')
    .option('--yes', 'do not ask')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => migrateDown(terminal, options));
}

async function migrateDown(terminal: Terminal, { to, yes, json }: Options): Promise<void> {
  const names = await withPlatform(terminal, 'migrate down', ({ databases }) =>
    databases.direct(
      async (db) => {
        const last = lastSteps(await readSchemaState(db), to);
        if (!yes) await assertMeant(terminal, last);
        await takeBack(db, last, { onBusy: terminal.err });
        return last;
      },
      { statementTimeoutMs: migrationTimeoutMs },
    ),
  );
  if (json) return terminal.out(JSON.stringify({ ok: true, migrations: names }));
  for (const name of names) terminal.out(`took back ${name}`);
}

/** What goes, the last one first. */
function lastSteps({ steps }: SchemaState, to: string | undefined): string[] {
  const kept = to === undefined ? steps.length - 2 : steps.findIndex(({ name }) => name === to);
  if (to !== undefined && kept < 0) throw new CommandFailure(`${to} has not run here.`);
  const last = steps.slice(Math.max(kept + 1, 0)).reverse();
  if (last.length === 0) throw new CommandFailure('There is nothing to take back.');
  const foreign = last.filter(({ isKnown }) => !isKnown).map(({ name }) => name);
  if (foreign.length === 0) return last.map(({ name }) => name);
  throw new CommandFailure(`Only the newer release that made it takes back ${foreign.join(', ')}.`);
}

async function assertMeant(terminal: Terminal, names: readonly string[]): Promise<void> {
  if (!terminal.isInteractive) {
    throw new CommandFailure('Data may be lost: add --yes, or run this on a terminal.');
  }
  const answer = await terminal.ask(`${names.join(', ')} go, with the data in them. Write yes`);
  if (answer !== 'yes') throw new CommandFailure('Nothing was done.');
}
