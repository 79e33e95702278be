// The statements that every peer executes, in the words that Objection builds for Charter. TypeORM
// words its own reads and its insert (aliases, the same plan), as its users would let it.

const columns = '"id", "full_name", "email", "city", "score", "is_active", "created_at"';

export const findPerson = {
  name: 'find_person',
  text: `select ${columns} from "bench_people" where "id" = $1`,
};

export const listPeople = {
  name: 'list_people',
  text: `select ${columns} from "bench_people" where "id" > $1 order by "id" asc limit $2`,
};

export const insertPerson = {
  name: 'insert_person',
  text: `insert into "bench_people" ("city", "created_at", "email", "full_name", "id", "is_active", "score") values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
};

// Charter's own credential check (server/features/auth/actors.ts): session, live account and the
// ids of its roles. `measure/verify.ts` compares it with what Charter builds.
const caller = [
  'select "sessions"."id", "sessions"."user_id", "sessions"."kind", "sessions"."authenticated_at",',
  '"sessions"."last_seen_at", "sessions"."idle_expires_at", "sessions"."expires_at",',
  '"sessions"."revoked_at", "sessions"."impersonator_id", "sessions"."impersonator_session_id",',
  'array (select "user_roles"."role_id" from "user_roles"',
  'where "user_roles"."user_id" = "sessions"."user_id") as "role_ids" from "sessions"',
  'where exists (select "users".* from "users" where "users"."deleted_at" is null',
  'and "users"."id" = "sessions"."user_id" and "users"."deactivated_at" is null)',
].join(' ');

export const callerByToken = {
  name: 'caller_by_token',
  text: `${caller} and "sessions"."id" = $1`,
};

export const callerByCookie = {
  name: 'caller_by_cookie',
  text: `${caller} and "sessions"."secret_hash" = $1`,
};

// The same for an API key (server/features/api-keys/model.ts), whose owner may be a program, too.
export const callerByKey = {
  name: 'caller_by_key',
  text: [
    'select "api_keys".*, array (select "user_roles"."role_id" from "user_roles"',
    'where "user_roles"."user_id" = "api_keys"."user_id" union all',
    'select "service_account_roles"."role_id" from "service_account_roles"',
    'where "service_account_roles"."service_account_id" = "api_keys"."service_account_id")',
    'as "role_ids" from "api_keys" where (exists (select "users".* from "users"',
    'where "users"."deleted_at" is null and "users"."id" = "api_keys"."user_id"',
    'and "users"."deactivated_at" is null) or exists (select "service_accounts".*',
    'from "service_accounts" where "service_accounts"."id" = "api_keys"."service_account_id"',
    'and "service_accounts"."deactivated_at" is null)) and "api_keys"."id" = $1',
  ].join(' '),
};
