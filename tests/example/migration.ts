import type { Knex } from 'knex';

const permission = 'users:manage';

/** Projects and their tasks; administrators manage them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('example_projects', (table) => {
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('deleted_at');
    table.index(['name', 'id'], 'example_projects_name_index');
    table.index(['created_at', 'id'], 'example_projects_created_at_index');
  });
  // A removed project gives its name free.
  await knex.raw(
    'create unique index example_projects_name_unique on example_projects (name) where deleted_at is null',
  );
  await knex.schema.createTable('example_tasks', (table) => {
    table.uuid('id').primary();
    table.uuid('project_id').notNullable().references('example_projects.id').onDelete('CASCADE');
    table.text('title').notNullable();
    table.timestamp('due_at');
    table.uuid('assignee_id').references('users.id').onDelete('SET NULL').index();
    table.timestamp('finished_at');
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.index(['project_id', 'due_at', 'id'], 'example_tasks_due_at_index');
    table.index(['project_id', 'title', 'id'], 'example_tasks_title_index');
  });
  const admin = await knex('roles').where({ name: 'admin', is_system: true }).first('id');
  await knex('role_permissions').insert({ role_id: admin.id, permission }).onConflict().ignore();
}

export async function down(knex: Knex): Promise<void> {
  await knex('role_permissions').where({ permission }).delete();
  await knex.schema.dropTable('example_tasks');
  await knex.schema.dropTable('example_projects');
}
