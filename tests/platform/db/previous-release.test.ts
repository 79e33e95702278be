import { describe, expect, it } from 'vitest';
import { ownMigrations } from '../../../server/platform/db/migrations.ts';
import { useConnection } from '../../kit/database.ts';
import { type Release, refusedBy, stoppedBy } from '../../kit/release.ts';
import previous from './previous-release.json' with { type: 'json' };

const db = useConnection();

// Written by `npm run record:release` when that release was made.
describe('the release before', () => {
  it('works on the schema of today, unless a migration says that it cannot', async () => {
    const names = await ownMigrations.names();
    expect(names.slice(0, previous.migrations.length)).toEqual(previous.migrations);
    const newer = names.map(async (name) => {
      const { compatibleSince } = await ownMigrations.getMigration(`${name}.ts`);
      return { name, compatibleSince };
    });
    if (stoppedBy(previous, await Promise.all(newer)).length > 0) return;
    const refused = await db().transaction((trx) => refusedBy(trx, previous));
    expect(refused).toEqual([]);
  });

  it('is stopped by a marker that it does not know', () => {
    const release: Release = { migrations: ['0001_books', '0002_authors'], statements: [] };
    const newer = [
      { name: '0002_authors', compatibleSince: '0002_authors' },
      { name: '0003_shelves', compatibleSince: '0002_authors' },
      { name: '0004_no_authors', compatibleSince: '0003_shelves' },
      { name: '0005_loans' },
    ];
    expect(stoppedBy(release, newer)).toEqual(['0004_no_authors']);
  });

  it.each([
    ['takes a column away', 'drop column full_name', /"full_name" of relation "users" does not/],
    ['makes one necessary', 'add column team text not null', /^needs team: insert into "users"/],
    ['calls a table otherwise', 'rename to people', /relation "users" does not exist/],
  ])('would not get through what %s', async (_what, change, refusal) => {
    await db().transaction(async (trx) => {
      await trx.raw(`alter table users ${change}`);
      const refused = await refusedBy(trx, previous);
      expect(refused).toContainEqual(expect.stringMatching(refusal));
      await trx.rollback();
    });
  });
});
