import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { createPerson, newPerson } from '../../kit/callers.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { begin, comeBack, resultIn, signedInAs, signInAs } from '../../kit/provider-sign-in.ts';
import { aPersonWithTotp } from '../../kit/second-factors.ts';

const app = useApp({
  SIGN_UP: 'closed',
  LINK_AUTOMATICALLY: 'google',
  FRONTEND_URL: 'https://app.example.com',
});

describe('where nobody may sign up', () => {
  it('a provider makes no account either', async () => {
    const answer = await signInAs(app, { email: newPerson().email });
    expect(answer).toMatchObject(refusal(403, 'sign_up_closed'));
  });
});

describe('a provider whose word for an address is taken', () => {
  const proven = { emailVerifiedAt: new Date(0) };

  it('opens the account that has it, once it has verified it, and its owner is told', async () => {
    const person = await createPerson(app, proven);
    const { user } = await signedInAs(app, { email: person.email });
    expect(user.id).toBe(person.id);
    const [mail] = await mailsTo(app, person.email);
    expect(mail?.subject).toContain('can be signed in to with Google');
    const entries = await app.db('auditEntries').where({ actor: user.id });
    expect(entries).toMatchObject([{ operation: 'oidcExchange', changed: ['identity'] }]);
    const unverified = { email: person.email, isEmailVerified: false };
    expect(await signInAs(app, unverified)).toMatchObject(refusal(403, 'email_unverified'));
  });

  it('is still asked for the second factor', async () => {
    const person = await aPersonWithTotp(app, proven);
    const answer = await signInAs(app, { email: person.email });
    expect(answer).toMatchObject({ status: 202, body: { delivery: 'none' } });
    const about = { targetId: person.id, operation: 'oidcExchange' };
    const entries = await app.db('auditEntries').where(about);
    expect(entries).toMatchObject([{ changed: ['identity', 'pendingSignIn'] }]);
  });

  it('is no other one', async () => {
    const { email } = await createPerson(app, proven);
    const answer = await signInAs(app, { email }, { provider: app.providers.acme });
    expect(answer).toMatchObject(refusal(409, 'identity_not_linked'));
  });
});

it('a frontend is where the way leads, in a fragment that no server sees', async () => {
  const { url } = await begin(app);
  const led = await comeBack(app, app.providers.google.signIn(url));
  expect(led.href).toMatch('https://app.example.com/account/provider-sign-in#code=');
  const lost = await comeBack(app, app.providers.google.signIn(url));
  expect(lost.origin).toBe('https://app.example.com');
  expect(resultIn(lost)).toEqual({ error: 'sign_in_expired' });
});

it('what became of sign-ins is counted, by provider', async () => {
  const lines = await app.scrape();
  const counted = lines.filter((line) => line.startsWith('charter_provider_sign_ins_total'));
  expect(counted.join('\n')).toMatch(/\{provider="google",outcome="signed_in"\} 1/);
  expect(counted.join('\n')).toMatch(/\{provider="google",outcome="expired"\} 1/);
});

describe('where people are invited', () => {
  const inviting = useApp({ SIGN_UP: 'invite' });

  it('a provider may prove who was, and nobody else; the account gets what was promised', async () => {
    const role = await insertRole(inviting, ['health:read']);
    const permissions = ['users:manage', 'roles:manage', 'health:read'] as const;
    const client = await aHolderOf(inviting, ...permissions);
    const { email } = newPerson();
    const closed = refusal(403, 'sign_up_closed');
    expect(await signInAs(inviting, { email })).toMatchObject(closed);
    const { id } = await unwrap(client.invitations.create({ body: { email, roles: [role] } }));
    const { user } = await signedInAs(inviting, { email });
    expect(user).toMatchObject({ email, roles: [role], isEmailVerified: true });
    const [invitation] = await inviting.db('invitations').where({ id });
    expect(invitation).toMatchObject({ userId: user.id, acceptedAt: inviting.clock.now() });
  });
});
