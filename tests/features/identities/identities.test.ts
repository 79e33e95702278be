import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { publicUrl, type TestApp, useApp } from '../../kit/app.ts';
import { Authenticator } from '../../kit/authenticator.ts';
import { hashOf, newPerson } from '../../kit/callers.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import type { Somebody } from '../../kit/fake-provider.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { beginLink, codeFor, exchange, proveAs, signedInAs } from '../../kit/provider-sign-in.ts';
import { quickSession, type Wanted } from '../../kit/quick-session.ts';

const app = useApp();
const over = refusal(410, 'invalid_link');
let people = 0;

/** Somebody at the provider. */
function somebody() {
  people += 1;
  return { subject: `linked-${people}`, email: newPerson().email };
}

/** Somebody who is signed in, with a password and a proven address. */
async function aPerson(wanted: Wanted = {}) {
  const passwordHash = await hashOf('a long enough passphrase');
  const account = { emailVerifiedAt: app.clock.now(), passwordHash, ...wanted.account };
  const { userId, headers } = await quickSession(app, { ...wanted, account });
  const { email } = await app.db('users').where({ id: userId }).first('email');
  return { userId, headers, email: String(email), client: app.client(sending(headers)) };
}

type Person = Awaited<ReturnType<typeof aPerson>>;

function linkWith({ headers }: Person, code: string, binding?: string, more = {}) {
  const body = { code, ...(binding !== undefined && { binding }) };
  return app.client(sending({ ...headers, ...more })).oidc.link({ body });
}

async function linked(person: Person, who: Somebody, provider = app.providers.google) {
  const begun = await beginLink(app, { headers: person.headers, provider });
  const code = await codeFor(app, begun, who, provider);
  return unwrap(linkWith(person, code, begun.binding, begun.headers));
}

describe('linking', () => {
  it.each(['tokens', 'cookie'] as const)(
    'ties an identity to the own account, by %s',
    async (kind) => {
      const [person, who] = [await aPerson({ kind }), somebody()];
      const identity = await linked(person, who);
      expect(identity).toMatchObject({ provider: 'google', email: who.email, lastUsedAt: null });
      const { items } = await unwrap(person.client.identities.list());
      expect(items).toEqual([identity]);
      const [mail] = await mailsTo(app, person.email);
      expect(mail?.subject).toContain('can be signed in to with Google');
      const { user } = await signedInAs(app, who);
      expect(user.id).toBe(person.userId);
    },
  );

  it('twice is linking once', async () => {
    const [person, who] = [await aPerson(), somebody()];
    expect(await linked(person, who)).toEqual(await linked(person, who));
  });

  it('does not take an identity from somebody else', async () => {
    const [owner, other, who] = [await aPerson(), await aPerson(), somebody()];
    await linked(owner, who);
    const begun = await beginLink(app, { headers: other.headers });
    const answer = await linkWith(other, await codeFor(app, begun, who), begun.binding);
    expect(answer).toMatchObject(refusal(409, 'identity_taken'));
  });

  it('gives an identity to one of two who ask at once', async () => {
    const [one, other, who] = [await aPerson(), await aPerson(), somebody()];
    const ready = await Promise.all(
      [one, other].map(async (person) => {
        const begun = await beginLink(app, { headers: person.headers });
        const code = await codeFor(app, begun, who);
        return () => linkWith(person, code, begun.binding);
      }),
    );
    const answers = await collide(app, writesTo('user_identities'), ready);
    expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
  });

  it('is for the account that began it, and for the program that did', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const begun = await beginLink(app, { headers: person.headers });
    const code = await codeFor(app, begun, somebody());
    expect(await linkWith(other, code, begun.binding)).toMatchObject(over);
    expect(await linkWith(person, code)).toMatchObject(over);
    expect(await exchange(app, { ...begun, code, headers: {} })).toMatchObject(over);
    app.clock.advance({ minutes: 1 });
    expect(await linkWith(person, code, begun.binding)).toMatchObject(over);
  });

  it('goes on with a sign-in whose address an account has, once its owner is signed in', async () => {
    const person = await aPerson();
    const proven = await proveAs(app, { ...somebody(), email: person.email });
    expect(await exchange(app, proven)).toMatchObject(refusal(409, 'identity_not_linked'));
    app.clock.advance({ minutes: 4 });
    const identity = await unwrap(linkWith(person, proven.code, proven.binding));
    expect(identity.email).toBe(person.email);
    expect(await linkWith(person, proven.code, proven.binding)).toMatchObject(over);
  });

  it('says when the provider does not answer', async () => {
    const { client } = await aPerson();
    app.providers.acme.failure = 'unreachable';
    const answer = await client.oidc.startLink({ body: { provider: 'acme' } });
    app.providers.acme.failure = undefined;
    expect(answer).toMatchObject(refusal(502, 'provider_failed'));
  });

  it('has an end', async () => {
    const person = await aPerson();
    const rows = Array.from({ length: 50 }, (_, at) => rowOf(app, person.userId, `many-${at}`));
    await app.db('userIdentities').insert(rows);
    const begun = await beginLink(app, { headers: person.headers });
    const answer = await linkWith(person, await codeFor(app, begun, somebody()), begun.binding);
    expect(answer).toMatchObject(refusal(409, 'too_many_identities'));
  });
});

function rowOf({ clock }: TestApp, userId: string, subject: string, provider = 'google') {
  const issuer = `https://${provider}.example`;
  return { id: crypto.randomUUID(), userId, provider, issuer, subject, createdAt: clock.now() };
}

describe('unlinking', () => {
  const last = refusal(409, 'last_sign_in_method');

  it('ends the way in, and tells the owner', async () => {
    const [person, who] = [await aPerson(), somebody()];
    const { id: identityId } = await linked(person, who);
    await unwrap(person.client.identities.unlink({ identityId }));
    expect(await person.client.identities.unlink({ identityId })).toMatchObject(
      refusal(404, 'not_found'),
    );
    const { user } = await signedInAs(app, who);
    expect(user.id).not.toBe(person.userId);
    const mails = await mailsTo(app, person.email);
    expect(mails.at(-1)?.subject).toContain('no longer signed in to with Google');
    const told = await app.db('events').whereRaw(`data->>'identityId' = ?`, [identityId]);
    expect(told.map(({ name }) => name)).toEqual([
      'account.identity_linked',
      'account.identity_unlinked',
    ]);
  });

  it('leaves the sessions that began from it, which their owner can end', async () => {
    const [person, who] = [await aPerson(), somebody()];
    const { id: identityId } = await linked(person, who);
    const begun = await signedInAs(app, { ...who, idToken: 'an-id-token' });
    if (!('accessToken' in begun)) throw new Error('Nobody was signed in');
    const { me } = withToken(app, begun.accessToken);
    await unwrap(person.client.identities.unlink({ identityId }));
    expect((await me.get()).status).toBe(200);
    await unwrap(person.client.sessions.endOthers());
    expect((await me.get()).status).toBe(401);
  });

  it('is not for the identities of others', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const { id: identityId } = await linked(person, somebody());
    const answer = await other.client.identities.unlink({ identityId });
    expect(answer).toMatchObject(refusal(404, 'not_found'));
  });

  it('leaves the last way to sign in', async () => {
    const person = await aPerson({ account: { passwordHash: null } });
    const google = await linked(person, somebody());
    expect(await person.client.identities.unlink({ identityId: google.id })).toMatchObject(last);
    const acme = await linked(person, somebody(), app.providers.acme);
    await unwrap(person.client.identities.unlink({ identityId: google.id }));
    const gone = rowOf(app, person.userId, 'former', 'former-provider');
    await app.db('userIdentities').insert(gone);
    expect(await person.client.identities.unlink({ identityId: acme.id })).toMatchObject(last);
    await unwrap(person.client.identities.unlink({ identityId: gone.id }));
  });

  it('knows that a passkey signs in, as a passkey knows of an identity', async () => {
    const person = await aPerson({ account: { passwordHash: null } });
    const { id: identityId } = await linked(person, somebody());
    const { passkeys, identities } = person.client;
    const device = new Authenticator(publicUrl);
    const create = async () => {
      const credential = device.create(await unwrap(passkeys.options()));
      return unwrap(passkeys.create({ body: { name: 'A key', credential } }));
    };
    const { passkey } = await create();
    await unwrap(passkeys.remove({ passkeyId: passkey.id }));
    const { passkey: second } = await create();
    await unwrap(identities.unlink({ identityId }));
    expect(await passkeys.remove({ passkeyId: second.id })).toMatchObject(last);
  });
});
