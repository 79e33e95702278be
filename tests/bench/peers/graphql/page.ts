/** What W9 asks for: a page of 50 accounts, and the roles of each. */
export const pageQuery = `query Page($first: Int!) {
  users(first: $first) {
    nodes { ... on User { id username email fullName createdAt roles { name permissions } } }
    pageInfo { hasNextPage }
  }
}`;

// What both execute for it, after the credential check: the words that knex builds here, and Objection
// for Charter (`measure/verify-page-sql.ts` asks PostgreSQL).
export const pageStatements = {
  users: [
    'select "users".*, array((select "roles"."name" from "roles" inner join "user_roles"',
    'on "roles"."id" = "user_roles"."role_id" where "user_roles"."user_id" = "users"."id"))',
    'as "role_names", "users"."username" as "keyset_value" from "users"',
    'where "users"."deleted_at" is null',
    'order by "users"."username" asc, "users"."id" asc limit $1',
  ].join(' '),
  roles: [
    'select "roles".*, array (select "role_permissions"."permission" from "role_permissions"',
    'where "role_permissions"."role_id" = "roles"."id") as "permissions" from "roles"',
    'where "roles"."name" = any($1)',
  ].join(' '),
};
