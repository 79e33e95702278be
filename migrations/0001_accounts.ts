import type { Knex } from 'knex';

/** Accounts, roles and what roles grant. Times come from the application's clock, never from SQL. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create extension if not exists pg_trgm');

  await knex.schema.createTable('users', (table) => {
    table.uuid('id').primary();
    table.text('email').notNullable();
    table.text('username').notNullable();
    table.text('full_name');
    table.text('password_hash');
    table.timestamp('email_verified_at');
    table.timestamp('deactivated_at');
    table.timestamp('last_login_at');
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('deleted_at');
  });
  // A removed account gives its address and name free; the database decides every race for them.
  await knex.raw(
    'create unique index users_email_unique on users (email) where deleted_at is null',
  );
  await knex.raw(
    'create unique index users_username_unique on users (username) where deleted_at is null',
  );
  await knex.raw('create index users_created_at_index on users (created_at, id)');
  // "Contains" searches start with a wildcard: only trigrams can serve them from an index.
  await knex.raw(
    `create index users_search_index on users
     using gin (username gin_trgm_ops, full_name gin_trgm_ops, email gin_trgm_ops)`,
  );

  await knex.schema.createTable('roles', (table) => {
    table.uuid('id').primary();
    table.text('name').notNullable().unique({ indexName: 'roles_name_unique' });
    table.text('description');
    table.boolean('is_system').notNullable().defaultTo(false);
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
  });

  await knex.schema.createTable('role_permissions', (table) => {
    table.uuid('role_id').notNullable().references('roles.id').onDelete('CASCADE');
    table.text('permission').notNullable();
    table.primary(['role_id', 'permission']);
  });

  await knex.schema.createTable('user_roles', (table) => {
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    table.uuid('role_id').notNullable().references('roles.id').onDelete('CASCADE').index();
    table.primary(['user_id', 'role_id']);
  });

  await seedSystemRoles(knex);
}

/** The only place that writes the system roles: no restart ever resets them. */
async function seedSystemRoles(knex: Knex): Promise<void> {
  const at = new Date();
  const admin = '00000000-0000-7000-8000-000000000001';
  const member = '00000000-0000-7000-8000-000000000002';
  const system = { is_system: true, created_at: at, updated_at: at };
  await knex('roles').insert([
    { id: admin, name: 'admin', description: 'Holds every permission.', ...system },
    { id: member, name: 'member', description: 'What every account may do.', ...system },
  ]);
  await knex('role_permissions').insert([
    { role_id: admin, permission: 'health:read' },
    { role_id: admin, permission: 'users:read' },
    { role_id: admin, permission: 'users:manage' },
    { role_id: member, permission: 'users:read' },
  ]);
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['user_roles', 'role_permissions', 'roles', 'users']) {
    await knex.schema.dropTable(table);
  }
}
