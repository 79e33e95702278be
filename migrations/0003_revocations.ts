import type { Knex } from 'knex';

/**
 * What must stop working on every process: sessions, what is known of accounts, roles, keys.
 * `xid` orders the rows for readers: ids are taken before their transaction commits, so a reader
 * that remembers the last id can miss a row; one that remembers a snapshot cannot.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('revocations', (table) => {
    table.uuid('id').primary();
    table.text('kind').notNullable();
    table.uuid('subject');
    table.timestamp('created_at').notNullable().index();
    table.specificType('xid', 'xid8').notNullable().defaultTo(knex.raw('pg_current_xact_id()'));
    table.check("kind in ('session', 'user', 'roles', 'keys')", {}, 'revocations_kind_check');
  });
  await knex.raw('create index revocations_xid_index on revocations (xid)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('revocations');
}
