import { Command } from 'commander';
import { migrate } from '../start/prepare.ts';
import type { Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

export function migrateCommand(terminal: Terminal): Command {
  return new Command('migrate')
    .description('Brings the database schema up to date. Safe to run twice and from two places.')
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: { json?: true }) => {
      const migrations = await withPlatform(terminal, 'migrate', migrate);
      if (json) return terminal.out(JSON.stringify({ ok: true, migrations }));
      if (migrations.length === 0) return terminal.out('The schema is up to date.');
      for (const name of migrations) terminal.out(`migrated ${name}`);
    });
}
