import type { Knex } from 'knex';

const permissions = ['roles:read', 'roles:manage', 'audit:read'];

/** The system role that holds everything learns the new permissions. */
export async function up(knex: Knex): Promise<void> {
  const admin = await knex('roles').where({ name: 'admin', is_system: true }).first('id');
  const rows = permissions.map((permission) => ({ role_id: admin.id, permission }));
  await knex('role_permissions').insert(rows).onConflict().ignore();
}

export async function down(knex: Knex): Promise<void> {
  await knex('role_permissions').whereIn('permission', permissions).delete();
}
