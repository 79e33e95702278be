import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { type Client, unwrap } from '../../client/index.ts';
import { publicUrl, type TestApp } from '../kit/app.ts';
import { Authenticator } from '../kit/authenticator.ts';
import { insertRole, insertUser, roleIdOf } from '../kit/build.ts';
import { hashOf, newPerson } from '../kit/callers.ts';
import { sending } from '../kit/credentials.ts';
import { tokenFor } from '../kit/mailbox.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import { aPersonWithTotp, codeOf, firstStep } from '../kit/second-factors.ts';

type Json = Record<string, unknown>;

interface Stage extends QuickSession {
  readonly app: TestApp;
  readonly client: Client;
  /** What was made already, by the name of its id. */
  readonly ids: Readonly<Record<string, string>>;
}

/** As the examples have it. */
const password = 'correct horse battery staple';

/**
 * Whoever runs an example, and its variables: in place of ids that are invented those of things that are
 * there, and in place of what only a mail or a device can tell what it told.
 */
export async function stageFor(app: TestApp, field: string, { input, ...variables }: Json) {
  await forgetAda(app);
  const account = { passwordHash: await hashOf(password), emailVerifiedAt: app.clock.now() };
  const session = await quickSession(app, { roles: ['admin'], account });
  const ids: Record<string, string> = {};
  const stage = { app, ...session, client: app.client(sending(session.headers)), ids };
  for (const name of Object.keys(variables)) {
    const make = makers[name];
    if (make) ids[name] = await make(stage);
  }
  const unmade = Object.keys(variables).filter((name) => name.endsWith('Id') && !makers[name]);
  const told = await preparations[field]?.(stage);
  const given = input !== undefined && { input: { ...(input as Json), ...told } };
  return { headers: session.headers, variables: { ...variables, ...ids, ...given }, unmade };
}

/** Her names are free again: several examples make her account. */
async function forgetAda({ db }: TestApp): Promise<void> {
  const other = randomUUID();
  const rename = { username: other, email: `${other}@example.com` };
  await db('users').where({ username: 'ada' }).update(rename);
}

const makers: Record<string, (stage: Stage) => Promise<string>> = {
  userId: async ({ app }) => (await insertUser(app)).id,
  roleId: async ({ app }) => roleIdOf(app, await insertRole(app, ['health:read'])),

  invitationId: async ({ client }) => {
    const { email } = newPerson();
    return (await unwrap(client.invitations.create({ body: { email } }))).id;
  },

  serviceAccountId: async ({ client }) => {
    const body = { name: `robot-${randomUUID()}`, roles: ['admin'] };
    return (await unwrap(client.serviceAccounts.create({ body }))).id;
  },

  keyId: async ({ client, ids: { serviceAccountId } }) => {
    const body = { name: 'A key', scopes: ['health:read' as const] };
    if (!serviceAccountId) return (await unwrap(client.apiKeys.create({ body }))).id;
    return (await unwrap(client.serviceAccounts.createKey({ serviceAccountId, body }))).id;
  },

  webhookId: async ({ client }) => {
    const body = { url: 'https://hooks.example.com/', events: ['account.created' as const] };
    return (await unwrap(client.webhooks.create({ body }))).id;
  },

  deliveryId: async ({ client, ids: { webhookId = '' } }) => {
    const body = { event: 'account.created' as const };
    return (await unwrap(client.webhooks.test({ webhookId, body }))).id;
  },

  sessionId: async ({ app: { db }, sessionId }) => {
    const id = randomUUIDv7();
    const [row] = await db('sessions').where({ id: sessionId });
    await db('sessions').insert({ ...row, id, secretHash: id.replaceAll('-', '').repeat(2) });
    return id;
  },

  identityId: async ({ app: { db, clock }, userId }) => {
    const [id, now] = [randomUUIDv7(), clock.now()];
    const row = { provider: 'google', issuer: 'https://accounts.google.com', subject: id };
    await db('user_identities').insert({ id, userId, ...row, createdAt: now });
    return id;
  },

  passkeyId: async ({ client }) => {
    const credential = new Authenticator(publicUrl).create(await unwrap(client.passkeys.options()));
    return (await unwrap(client.passkeys.create({ body: { name: 'A key', credential } }))).passkey
      .id;
  },
};

/** What has to be so before, and what the input is told by that. */
const preparations: Record<string, (stage: Stage) => Promise<Json | undefined>> = {
  login: async ({ app }) => {
    const passwordHash = await hashOf(password);
    await insertUser(app, { username: 'ada', email: 'ada@example.com', passwordHash });
    return undefined;
  },

  restoreUser: async ({ client, ids: { userId = '' } }) => {
    await unwrap(client.users.remove({ userId }));
    return undefined;
  },

  takeRole: async ({ client, ids: { userId = '', roleId = '' } }) => {
    await unwrap(client.users.assignRole({ userId, roleId }));
    return undefined;
  },

  acceptInvitation: async ({ app, client }) => {
    const { email } = newPerson();
    await unwrap(client.invitations.create({ body: { email } }));
    return { token: await tokenFor(app, email) };
  },

  confirmTotp: async ({ app, client }) => {
    const { secret } = await unwrap(client.secondFactors.enrol());
    return { code: codeOf(secret, app.clock.now()) };
  },

  proveSecondFactor: async ({ app }) => {
    const person = await aPersonWithTotp(app);
    return { token: await firstStep(app, person, 'cookie'), totp: person.nextCode() };
  },

  createPasskey: async ({ client }) => ({
    credential: new Authenticator(publicUrl).create(await unwrap(client.passkeys.options())),
  }),

  signInByPasskey: async ({ app, client }) => {
    const device = new Authenticator(publicUrl);
    const credential = device.create(await unwrap(client.passkeys.options()));
    await unwrap(client.passkeys.create({ body: { name: 'A key', credential } }));
    return { passkey: device.get(await unwrap(app.client().auth.passkeyOptions())) };
  },
};
