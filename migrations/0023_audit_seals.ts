import type { Knex } from 'knex';

/**
 * A place for each entry, and seals over them. A place is drawn when an entry is written, not when it
 * commits: what is sealed is decided by who still writes (`features/audit/horizon.ts`), so that
 * writers wait for nobody.
 *
 * Entries of before get their places in the order in which they lie: the table is written anew, once.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `alter table audit_entries add column place bigint not null generated always as identity`,
  );
  await knex.raw('create unique index audit_entries_by_place on audit_entries (place)');
  await knex.schema.createTable('audit_seals', (table) => {
    table.integer('number').primary();
    table.integer('format').notNullable();
    table.timestamp('sealed_at').notNullable();
    table.bigInteger('through_place').notNullable();
    table.integer('count').notNullable();
    // Of each entry its id and its hash, in the order of their places; null once retention took them.
    table.binary('leaves');
    table.binary('leaves_hash').notNullable();
    table.binary('previous_hash').notNullable();
    table.binary('hash').notNullable();
  });
  // Retention looks for the oldest that still hold something, and never at those that do not.
  await knex.raw(
    'create index audit_seals_holding on audit_seals (number) where leaves is not null',
  );
  await knex.raw(`
    create function refuse_seal_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and current_setting('charter.audit_retention', true) = 'on'
        and new.leaves is null
        and row(new.number, new.format, new.sealed_at, new.through_place, new.count,
          new.leaves_hash, new.previous_hash, new.hash) is not distinct from
          row(old.number, old.format, old.sealed_at, old.through_place, old.count,
          old.leaves_hash, old.previous_hash, old.hash) then
        return new;
      end if;
      raise exception 'audit seals are append-only' using errcode = '42501';
    end $$`);
  await knex.raw(`
    create trigger audit_seals_append_only before update or delete on audit_seals
    for each row execute function refuse_seal_change()`);
  await knex.raw(`
    create trigger audit_seals_no_truncate before truncate on audit_seals
    for each statement execute function refuse_seal_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('audit_seals');
  await knex.raw('drop function refuse_seal_change()');
  await knex.schema.alterTable('audit_entries', (table) => {
    table.dropColumn('place');
  });
}
