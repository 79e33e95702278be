import { Command } from 'commander';
import { service } from '../../contract/service.ts';
import type { Brought } from '../operations/operations.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { createChange, type Transaction } from '../platform/change.ts';
import type { Database } from '../platform/db/connect.ts';
import { migrationTimeoutMs } from '../platform/db/migrate.ts';
import { waitingMails } from '../platform/mail/after-restore.ts';
import { transactionsOfBefore } from '../platform/restored.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

export function restoredCommand(terminal: Terminal): Command {
  return new Command('restored')
    .description(
      'Makes a database that was restored from a dump fit for service: once, before any process starts.',
    )
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: { json?: true }) => {
      const settled = await settle(terminal);
      if (json) return terminal.out(JSON.stringify({ ok: true, settled }));
      for (const [what, count] of Object.entries(settled)) terminal.out(`${count} ${what}`);
      terminal.out(
        'Whatever else was changed after the dump is as it was: docs/backup.md says what.',
      );
    });
}

/** How much of each, in one change: a second try begins anew. */
async function settle(terminal: Terminal): Promise<Record<string, number>> {
  return withFeatures(terminal, 'restored', async (features, platform) => {
    await assertAlone(platform.db);
    const brought: readonly Brought[] = Object.values(features);
    const ofFeatures = brought.flatMap(({ afterRestore = [] }) => afterRestore);
    const all = [...transactionsOfBefore, waitingMails, ...ofFeatures];
    const work = async (tx: Transaction) => {
      const settled: Record<string, number> = {};
      for (const { what, settle: one } of all) settled[what] = await one(tx);
      await tx.audit({});
      return settled;
    };
    // Every event is written anew: that may take minutes, which the pool does not give.
    return platform.databases.direct(
      (db) => createChange({ ...platform, db })(systemActor('charter restored'), work),
      { statementTimeoutMs: migrationTimeoutMs },
    );
  });
}

/** Each process of the service listens, to more than one thing; commands do not. */
async function assertAlone(db: Database): Promise<void> {
  const { rows } = await db.raw<{ rows: { count: number }[] }>(
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and application_name = ?`,
    [`${service.name}-listener`],
  );
  const count = rows[0]?.count ?? 0;
  if (count === 0) return;
  throw new CommandFailure(
    `The service works on this database (${count} connections that listen): it would go on with what it remembers. Stop its processes first.`,
  );
}
