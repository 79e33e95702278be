import type { Knex } from 'knex';

/** Cookie, access token and refresh token are views of one row here; the row is the truth. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sessions', (table) => {
    table.uuid('id').primary();
    table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index();
    table.text('kind').notNullable();
    // SHA-256 of the cookie's secret: a leaked table signs nobody in.
    table.text('secret_hash').notNullable().unique({ indexName: 'sessions_secret_hash_unique' });
    table.specificType('methods', 'text[]').notNullable();
    table.text('user_agent');
    table.text('address');
    table.timestamp('authenticated_at').notNullable();
    table.timestamp('last_seen_at').notNullable();
    table.timestamp('idle_expires_at').notNullable();
    table.timestamp('expires_at').notNullable().index();
    table.integer('refresh_generation').notNullable().defaultTo(0);
    table.timestamp('refreshed_at');
    table.timestamp('revoked_at');
    table.text('revoked_reason');
    table.timestamp('created_at').notNullable();
    table.check("kind in ('cookie', 'tokens')", {}, 'sessions_kind_check');
  });

  await knex.schema.createTable('signing_keys', (table) => {
    table.uuid('id').primary();
    table.jsonb('public_jwk').notNullable();
    table.text('private_jwk_sealed').notNullable();
    // publish → sign → retire: verifiers learn a key before it signs, and keep it until its
    // last token has expired.
    table.timestamp('published_at').notNullable();
    table.timestamp('signs_from').notNullable();
    table.timestamp('retired_at');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('signing_keys');
  await knex.schema.dropTable('sessions');
}
