import type { Knex } from 'knex';

const permission = 'service-accounts:manage';

/** Accounts of programs, with roles and keys of their own. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('service_accounts', (table) => {
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('description');
    table.timestamp('deactivated_at');
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.unique(['name'], { indexName: 'service_accounts_name_unique' });
    table.index(['name', 'id'], 'service_accounts_name_index');
    table.index(['created_at', 'id'], 'service_accounts_created_at_index');
  });
  await knex.schema.createTable('service_account_roles', (table) => {
    table
      .uuid('service_account_id')
      .notNullable()
      .references('service_accounts.id')
      .onDelete('CASCADE');
    table.uuid('role_id').notNullable().references('roles.id').onDelete('CASCADE').index();
    table.primary(['service_account_id', 'role_id']);
  });
  await knex.schema.alterTable('api_keys', (table) => {
    table.setNullable('user_id');
    table.uuid('service_account_id').references('service_accounts.id').onDelete('CASCADE');
    table.index(['service_account_id', 'id'], 'api_keys_service_account_index');
    table.check(
      'num_nonnulls(user_id, service_account_id) = 1',
      undefined,
      'api_keys_have_one_owner',
    );
  });
  const admin = await knex('roles').where({ name: 'admin', is_system: true }).first('id');
  await knex('role_permissions').insert({ role_id: admin.id, permission }).onConflict().ignore();
}

export async function down(knex: Knex): Promise<void> {
  await knex('role_permissions').where({ permission }).delete();
  await knex('api_keys').whereNull('user_id').delete();
  await knex.schema.alterTable('api_keys', (table) => {
    table.dropChecks(['api_keys_have_one_owner']);
    table.dropColumn('service_account_id');
    table.dropNullable('user_id');
  });
  await knex.schema.dropTable('service_account_roles');
  await knex.schema.dropTable('service_accounts');
}
