import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createVerifier } from 'fast-jwt';
import { createYoga } from 'graphql-yoga';
import { announce } from '../announce.ts';
import { bearerToken, type CallerRow, liveUserId } from '../caller.ts';
import { callerByToken } from '../sql.ts';
import { readWorld } from '../world.ts';
import { pageStatements } from './page.ts';
import { database, type RoleRow, rolesNamed, usersPage } from './rows.ts';
import { type Context, type Role, schema } from './schema.ts';

// graphql-yoga, Pothos, dataloader and knex, with Charter's own credential check and nothing else.

const world = readWorld();
const verify = createVerifier({
  key: createPublicKey({ key: world.publicJwk, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString(),
  algorithms: ['ES256'],
  allowedIss: world.issuer,
  allowedAud: world.audience,
  clockTolerance: 30_000,
});

for (const [name, query] of [
  ['users', usersPage(51)],
  ['roles', rolesNamed(['a', 'b'])],
] as const) {
  const { sql } = query.toSQL().toNative();
  if (sql !== pageStatements[name]) throw new Error(`knex builds ${sql}`);
}

const callerSql = callerByToken.text.replace('$1', '?');

async function callerOf(header: string | null): Promise<string> {
  const { sid } = verify(bearerToken(header ?? '') ?? '') as { sid: string };
  const { rows } = await database.raw<{ rows: CallerRow[] }>(callerSql, [sid]);
  const userId = liveUserId(rows[0], 'tokens');
  if (!userId) throw new Error('Sign in');
  return userId;
}

async function loadRoles(names: readonly string[]): Promise<(Role | undefined)[]> {
  const rows: RoleRow[] = await rolesNamed(names);
  const byName = new Map(
    rows.map(({ name, permissions }) => [name, { name, permissions: permissions.toSorted() }]),
  );
  return names.map((name) => byName.get(name));
}

const yoga = createYoga<object, Context>({
  schema,
  cors: false,
  logging: false,
  landingPage: false,
  graphiql: false,
  context: async ({ request }) => {
    await callerOf(request.headers.get('authorization'));
    return { roles: new DataLoader(loadRoles) };
  },
});

announce(createServer((req, res) => void yoga(req, res)));
