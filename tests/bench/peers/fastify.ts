import { createPublicKey, randomUUIDv7 } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import Fastify, { type FastifyRequest } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import pg from 'pg';
import { announce } from './announce.ts';
import { idOfKey, type KeyRow, userIdOfKey } from './api-key.ts';
import { bearerToken, type CallerRow, cookieHash, liveUserId } from './caller.ts';
import {
  Constant,
  NewPerson,
  Page,
  PageQuery,
  Person,
  PersonPath,
  type PersonRow,
  Refused,
  viewPerson,
} from './person.ts';
import {
  callerByCookie,
  callerByKey,
  callerByToken,
  findPerson,
  insertPerson,
  listPeople,
} from './sql.ts';
import { constant, pageSize, poolSize, prefix, readWorld } from './world.ts';

// Fastify with zod for input and answers (fastify-type-provider-zod), pg, and fast-jwt.

const world = readWorld();
const pool = new pg.Pool({ connectionString: world.databaseUrl, max: poolSize });
const verify = createVerifier({
  key: createPublicKey({ key: world.publicJwk, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString(),
  algorithms: ['ES256'],
  allowedIss: world.issuer,
  allowedAud: world.audience,
  clockTolerance: 30_000,
});

async function readPerson(id: string): Promise<Person | undefined> {
  const { rows } = await pool.query<PersonRow>({ ...findPerson, values: [id] });
  return rows[0] && viewPerson(rows[0]);
}

async function callerOf({ headers }: FastifyRequest): Promise<string | undefined> {
  if (headers.authorization) {
    const given = bearerToken(headers.authorization) ?? '';
    const keyId = idOfKey(given);
    if (keyId) {
      const { rows } = await pool.query<KeyRow>({ ...callerByKey, values: [keyId] });
      return userIdOfKey(rows[0], given);
    }
    const { sid } = verify(given) as { sid: string };
    const { rows } = await pool.query<CallerRow>({ ...callerByToken, values: [sid] });
    return liveUserId(rows[0], 'tokens');
  }
  const values = [cookieHash(headers.cookie)];
  const { rows } = await pool.query<CallerRow>({ ...callerByCookie, values });
  return liveUserId(rows[0], 'cookie');
}

const app = Fastify({ logger: false }).withTypeProvider<ZodTypeProvider>();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);

app.get(`${prefix}/constant`, { schema: { response: { 200: Constant } } }, async () => constant);

app.get(
  `${prefix}/people/:id`,
  { schema: { params: PersonPath, response: { 200: Person } } },
  async ({ params }, reply) => (await readPerson(params.id)) ?? reply.callNotFound(),
);

app.get(
  `${prefix}/people`,
  { schema: { querystring: PageQuery, response: { 200: Page } } },
  async ({ query }) => {
    const values = [query.after, pageSize];
    const { rows } = await pool.query<PersonRow>({ ...listPeople, values });
    return { items: rows.map(viewPerson) };
  },
);

app.post(
  `${prefix}/people`,
  { schema: { body: NewPerson, response: { 201: Person } } },
  async ({ body }, reply) => {
    const { fullName, email, city, score, isActive } = body;
    const values = [city, new Date(), email, fullName, randomUUIDv7(), isActive, score];
    const { rows } = await pool.query<PersonRow>({ ...insertPerson, values });
    return reply.code(201).send(viewPerson(rows[0] as PersonRow));
  },
);

app.get(
  `${prefix}/mine`,
  { schema: { response: { 200: Person, 401: Refused } } },
  async (request, reply) => {
    const userId = await callerOf(request);
    const person = userId && (await readPerson(userId));
    return person || reply.code(401).send({ title: 'Sign in' });
  },
);

await app.ready();
announce(app.server);
