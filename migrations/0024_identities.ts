import type { Knex } from 'knex';

/** Who accounts are at identity providers, and sign-ins that are on their way there and back. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('user_identities', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    // Its key in the configuration when it was linked.
    table.text('provider').notNullable();
    // What identifies somebody, for ever (OpenID Connect Core, 5.7). An address never does.
    table.text('issuer').notNullable();
    table.text('subject').notNullable();
    table.unique(['issuer', 'subject'], { indexName: 'user_identities_subject_unique' });
    table.text('email');
    table.timestamp('created_at').notNullable();
    table.timestamp('last_used_at');
  });
  // Between the start and the way back: one row for each, gone with its use.
  await knex.schema.createTable('provider_sign_ins', (table) => {
    table.uuid('id').primary();
    table.text('state_hash').notNullable().unique({ indexName: 'provider_sign_ins_state_unique' });
    table.text('provider').notNullable();
    table.text('nonce').notNullable();
    table.text('sealed_verifier').notNullable();
    table.text('binding_hash').notNullable();
    table.text('intent').notNullable();
    table.text('delivery').notNullable();
    // Of a link: who asked for it.
    table.uuid('user_id').references('users.id').onDelete('CASCADE').index();
    table.text('redirect_to').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
  // Whom a provider has proven, for as long as it takes to exchange the code of it.
  await knex.schema.createTable('proven_identities', (table) => {
    table.uuid('id').primary();
    table.text('code_hash').notNullable().unique({ indexName: 'proven_identities_code_unique' });
    table.text('provider').notNullable();
    table.text('sealed_identity').notNullable();
    table.text('binding_hash').notNullable();
    table.text('intent').notNullable();
    table.text('delivery').notNullable();
    table.uuid('user_id').references('users.id').onDelete('CASCADE').index();
    table.timestamp('created_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('proven_identities');
  await knex.schema.dropTable('provider_sign_ins');
  await knex.schema.dropTable('user_identities');
}
