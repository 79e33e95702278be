import type { Knex } from 'knex';

/**
 * Entries tell the way in that a call took, and revocations may be about whatever a feature owns.
 * Nothing that was written is changed: entries are append-only. An entry without an origin was
 * written by a release that did not know it yet.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('audit_entries', (table) => {
    table.text('origin');
  });
  await knex.raw('alter table revocations drop constraint revocations_kind_check');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    `alter table revocations add constraint revocations_kind_check
     check (kind in ('session', 'user', 'roles', 'keys')) not valid`,
  );
  await knex.schema.alterTable('audit_entries', (table) => {
    table.dropColumn('origin');
  });
}
