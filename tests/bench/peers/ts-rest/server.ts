import { randomUUIDv7 } from 'node:crypto';
import { createServer } from 'node:http';
import { createExpressEndpoints, initServer } from '@ts-rest/express';
import express, { type Request } from 'express';
import { importJWK, jwtVerify } from 'jose';
import { announce } from '../announce.ts';
import { idOfKey, type KeyRow, userIdOfKey } from '../api-key.ts';
import { bearerToken, type CallerRow, cookieHash, liveUserId } from '../caller.ts';
import { callerByCookie, callerByKey, callerByToken } from '../sql.ts';
import { constant, pageSize, readWorld } from '../world.ts';
import { contract } from './contract.ts';
import { knex, PersonModel, viewModel } from './model.ts';

// ts-rest, Express and Objection as their documentation shows them, answers validated, and jose:
// the libraries that Charter stands on, without Charter.

const world = readWorld();
const publicKey = await importJWK(world.publicJwk, 'ES256');

const findPerson = (id: string) =>
  PersonModel.query(knex)
    .select(...PersonModel.columns)
    .findById(id);

async function callerOf({ headers }: Request): Promise<string | undefined> {
  if (headers.authorization) {
    const given = bearerToken(headers.authorization) ?? '';
    const keyId = idOfKey(given);
    if (keyId) return userIdOfKey(await readRow<KeyRow>(callerByKey.text, keyId), given);
    const { payload } = await jwtVerify(given, publicKey, {
      algorithms: ['ES256'],
      issuer: world.issuer,
      audience: world.audience,
      clockTolerance: 30,
    });
    return liveUserId(await readRow<CallerRow>(callerByToken.text, payload.sid), 'tokens');
  }
  const row = await readRow<CallerRow>(callerByCookie.text, cookieHash(headers.cookie));
  return liveUserId(row, 'cookie');
}

async function readRow<Row>(sql: string, key: unknown): Promise<Row | undefined> {
  const { rows } = await knex.raw(sql.replace('$1', '?'), [key as string]);
  return rows[0];
}

const router = initServer().router(contract, {
  constant: async () => ({ status: 200, body: constant }),
  find: async ({ params }) => {
    const person = await findPerson(params.id);
    return person
      ? { status: 200, body: viewModel(person) }
      : { status: 404, body: { title: 'There is no such person' } };
  },
  list: async ({ query }) => {
    const people = await PersonModel.query(knex)
      .select(...PersonModel.columns)
      .where('id', '>', query.after)
      .orderBy('id')
      .limit(pageSize);
    return { status: 200, body: { items: people.map(viewModel) } };
  },
  create: async ({ body }) => {
    const row = { id: randomUUIDv7(), ...body, createdAt: new Date() };
    const person = await PersonModel.query(knex)
      .insert(row)
      .returning([...PersonModel.columns]);
    return { status: 201, body: viewModel(person as PersonModel) };
  },
  mine: async ({ req }) => {
    const userId = await callerOf(req);
    const person = userId && (await findPerson(userId));
    return person
      ? { status: 200, body: viewModel(person) }
      : { status: 401, body: { title: 'Sign in' } };
  },
});

const app = express();
app.use(express.json());
createExpressEndpoints(contract, router, app, {
  responseValidation: true,
  logInitialization: false,
});
announce(createServer(app));
