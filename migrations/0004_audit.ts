import type { Knex } from 'knex';

/** Who did what to what, when, and how it ended. Ids only; personal data stands beside it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_entries', (table) => {
    table.uuid('id').primary();
    table.timestamp('at').notNullable();
    table.text('operation').notNullable();
    table.text('result').notNullable();
    table.text('reason');
    table.text('actor').notNullable();
    table.uuid('session_id');
    table.text('target_type');
    table.uuid('target_id');
    table.specificType('changed', 'text[]').notNullable().defaultTo('{}');
    table.text('request_id');
    table.check("result in ('done', 'denied')", {}, 'audit_entries_result_check');
    table.index(['at', 'id'], 'audit_entries_at_index');
    table.index(['actor', 'at'], 'audit_entries_actor_index');
    table.index(['target_id', 'at'], 'audit_entries_target_index');
  });

  // What erasure and retention may clear while the entry itself stays as it was written.
  await knex.schema.createTable('audit_origins', (table) => {
    table.uuid('entry_id').primary().references('audit_entries.id').onDelete('CASCADE');
    table.text('address');
    table.text('user_agent');
  });

  await knex.raw(`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('charter.audit_retention', true) = 'on' then
        return old;
      end if;
      raise exception 'audit entries are append-only' using errcode = '42501';
    end $$`);
  await knex.raw(`
    create trigger audit_entries_append_only before update or delete on audit_entries
    for each row execute function refuse_audit_change()`);
  await knex.raw(`
    create trigger audit_entries_no_truncate before truncate on audit_entries
    for each statement execute function refuse_audit_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('audit_origins');
  await knex.schema.dropTable('audit_entries');
  await knex.raw('drop function refuse_audit_change()');
}
