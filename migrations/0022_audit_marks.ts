import type { Knex } from 'knex';

/**
 * Entries tell for whom somebody acted, and what the operation means to those who look back. Nothing
 * that was written is changed: entries of before are without.
 *
 * Indexes fit what is asked for, newest first and page by page; those of a mark or a result hold the
 * few rows that have it. One for each filter, because two filters at once are few rows of either.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('audit_entries', (table) => {
    table.uuid('acting_for');
    table.boolean('safety').notNullable().defaultTo(false);
    table.boolean('compliance').notNullable().defaultTo(false);
  });
  for (const index of indexes) await knex.raw(`create index ${index}`);
  await knex.raw('drop index audit_entries_actor_index, audit_entries_target_index');
}

export async function down(knex: Knex): Promise<void> {
  const names = indexes.map((index) => index.split(' ')[0]);
  await knex.raw(`drop index ${names.join(', ')}`);
  await knex.schema.alterTable('audit_entries', (table) => {
    table.index(['actor', 'at'], 'audit_entries_actor_index');
    table.index(['target_id', 'at'], 'audit_entries_target_index');
    table.dropColumns('acting_for', 'safety', 'compliance');
  });
}

const indexes = [
  'audit_entries_by_actor on audit_entries (actor, at, id)',
  'audit_entries_by_target on audit_entries (target_id, at, id) where target_id is not null',
  'audit_entries_by_acting_for on audit_entries (acting_for, at, id) where acting_for is not null',
  'audit_entries_by_operation on audit_entries (operation, at, id)',
  `audit_entries_denied on audit_entries (at, id) where result = 'denied'`,
  'audit_entries_safety on audit_entries (at, id) where safety',
  'audit_entries_compliance on audit_entries (at, id) where compliance',
];
