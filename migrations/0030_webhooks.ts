import type { Knex } from 'knex';

const permissions = ['webhooks:read', 'webhooks:manage'];

/** Addresses that are told of events, and what became of each event there. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('webhook_endpoints', (table) => {
    table.uuid('id').primary();
    table.text('url').notNullable();
    table.text('description');
    // Null: all kinds.
    table.specificType('events', 'text[]');
    // What whoever subscribed could read: nothing else is sent.
    table.specificType('readable_with', 'text[]').notNullable();
    table.text('sealed_secret').notNullable();
    table.text('sealed_previous_secret');
    table.timestamp('previous_secret_until');
    table.timestamp('paused_at');
    table.text('pause_reason');
    // Since when nothing arrived.
    table.timestamp('failing_since');
    // The job that works on it next, or now, and from when on.
    table.uuid('turn_id');
    table.timestamp('turn_at');
    table.uuid('created_by_id').references('users.id').onDelete('SET NULL').index();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.index(['created_at', 'id'], 'webhook_endpoints_created_at_index');
  });
  await knex.schema.createTable('webhook_deliveries', (table) => {
    table.uuid('id').primary();
    // The order in which events are told.
    table.specificType('position', 'bigint generated always as identity');
    table.uuid('endpoint_id').notNullable().references('webhook_endpoints.id').onDelete('CASCADE');
    // No reference: events are purged by themselves, and a test is none.
    table.uuid('event_id').notNullable();
    table.text('event').notNullable();
    // What the event is about: those about one thing are told one after the other.
    table.text('subject').notNullable();
    // As it is signed and sent, each time the same.
    table.text('body').notNullable();
    table.boolean('is_test').notNullable();
    table.text('state').notNullable();
    table.integer('attempts').notNullable();
    // Null: done, or behind an earlier one about the same thing.
    table.timestamp('due_at');
    table.timestamp('first_attempt_at');
    table.timestamp('last_attempt_at');
    table.integer('status');
    table.integer('duration_ms');
    table.text('error');
    table.timestamp('created_at').notNullable();
    table.index(['endpoint_id', 'created_at', 'id'], 'webhook_deliveries_log_index');
    table.index(['created_at'], 'webhook_deliveries_created_at_index');
  });
  await knex.raw(
    'create index webhook_deliveries_due_index on webhook_deliveries (endpoint_id, due_at) where due_at is not null',
  );
  await knex.raw(
    "create index webhook_deliveries_waiting_index on webhook_deliveries (endpoint_id, subject, position) where state = 'waiting'",
  );
  // How far events were read for webhooks: one row.
  await knex.schema.createTable('webhook_feed', (table) => {
    table.integer('id').primary();
    table.text('xid').notNullable();
    table.uuid('event_id').notNullable();
  });
  await knex('webhook_feed').insert({
    id: 1,
    xid: '0',
    event_id: '00000000-0000-0000-0000-000000000000',
  });
  const admin = await knex('roles').where({ name: 'admin', is_system: true }).first('id');
  const grants = permissions.map((permission) => ({ role_id: admin.id, permission }));
  await knex('role_permissions').insert(grants).onConflict().ignore();
}

export async function down(knex: Knex): Promise<void> {
  await knex('role_permissions').whereIn('permission', permissions).delete();
  await knex.schema.dropTable('webhook_feed');
  await knex.schema.dropTable('webhook_deliveries');
  await knex.schema.dropTable('webhook_endpoints');
}
