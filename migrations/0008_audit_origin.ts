import type { Knex } from 'knex';

/**
 * Entries tell the way in that a call took, and call signing keys by their full name: API keys find
 * the word free. Revocations may be about whatever a feature owns. The release before this one
 * writes entries without an origin: its calls came by HTTP, but for those of commands.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('audit_entries', (table) => {
    table.text('origin').notNullable().defaultTo('http');
    table.check("origin in ('http', 'command', 'job', 'test')", {}, 'audit_entries_origin_check');
  });
  await rewritten(knex, async () => {
    await knex('audit_entries').where({ operation: 'command' }).update({ origin: 'command' });
    await knex('audit_entries')
      .where({ target_type: 'key' })
      .update({ target_type: 'signing_key' });
  });
  await knex.raw('alter table revocations drop constraint revocations_kind_check');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    `alter table revocations add constraint revocations_kind_check
     check (kind in ('session', 'user', 'roles', 'keys')) not valid`,
  );
  await rewritten(knex, async () => {
    await knex('audit_entries')
      .where({ target_type: 'signing_key' })
      .update({ target_type: 'key' });
  });
  await knex.schema.alterTable('audit_entries', (table) => {
    table.dropColumn('origin');
  });
}

/** Entries are append-only; the migration of their shape is the one exception. */
async function rewritten(knex: Knex, work: () => Promise<void>): Promise<void> {
  await knex.raw('alter table audit_entries disable trigger audit_entries_append_only');
  await work();
  await knex.raw('alter table audit_entries enable trigger audit_entries_append_only');
}
