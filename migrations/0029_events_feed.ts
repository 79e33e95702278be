import type { Knex } from 'knex';

/**
 * Events in an order in which none is missed: that of their transactions, read below the oldest that is
 * still open (as 0003 does it for revocations). What was there before is older than all (`0`): a constant
 * rewrites no row. The index is built while nobody can write events, which takes seconds for each million: whoever has
 * many makes column and index before (docs/operations.md). The trigger announces whatever was inserted, by whichever release.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table events add column if not exists xid xid8 not null default '0';
    alter table events alter column xid set default pg_current_xact_id();
    create index if not exists events_feed_index on events (xid, id);
    create function announce_events() returns trigger language plpgsql as $$
      begin
        perform pg_notify('charter_events', '');
        return null;
      end
    $$;
    create trigger events_announced after insert on events
      for each statement execute function announce_events();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger events_announced on events;
    drop function announce_events();
    alter table events drop column xid;
  `);
}
