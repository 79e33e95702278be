import type { Knex } from 'knex';

const permission = 'users:impersonate';

/** A session in which somebody acts as another account, and the session that it was begun from. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sessions', (table) => {
    table.uuid('impersonator_id').references('users.id').onDelete('CASCADE');
    table.uuid('impersonator_session_id').references('sessions.id').onDelete('CASCADE');
  });
  await knex.raw(`alter table sessions add constraint sessions_impersonation_whole
    check ((impersonator_id is null) = (impersonator_session_id is null))`);
  for (const column of columns) {
    await knex.raw(`create index sessions_by_${column} on sessions (${column})
      where ${column} is not null`);
  }
  const admin = await knex('roles').where({ name: 'admin', is_system: true }).first('id');
  const grant = { role_id: admin.id, permission };
  await knex('role_permissions').insert(grant).onConflict().ignore();
}

export async function down(knex: Knex): Promise<void> {
  await knex('role_permissions').where({ permission }).delete();
  await knex.schema.alterTable('sessions', (table) => {
    table.dropColumns(...columns);
  });
}

const columns = ['impersonator_id', 'impersonator_session_id'] as const;
