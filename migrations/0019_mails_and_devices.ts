import type { Knex } from 'knex';

/** What became of a mail, and why; and from which devices an account signs in. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('mails', (table) => {
    table.text('state').notNullable().defaultTo('waiting');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('last_error');
  });
  await knex('mails').whereNotNull('sent_at').update({ state: 'sent' });
  await knex.raw(
    `alter table mails add constraint mails_state_known check (state in ('waiting', 'sent', 'failed'))`,
  );
  // Those in trouble are few, and health asks for them.
  await knex.raw(
    'create index mails_in_trouble on mails (state, created_at) where last_error is not null',
  );
  await knex.schema.createTable('known_devices', (table) => {
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    // A network, or a kind of browser: `203.0.113.0/24`, `Firefox on Linux`.
    table.text('signal').notNullable();
    table.timestamp('seen_at').notNullable().index();
    table.primary(['user_id', 'signal']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('known_devices');
  await knex.schema.alterTable('mails', (table) => {
    table.dropColumns('state', 'attempts', 'last_error');
  });
}
