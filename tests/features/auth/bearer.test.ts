import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, anAdministrator, createPerson } from '../../kit/callers.ts';
import { openBrowser, sending, withToken } from '../../kit/credentials.ts';

const app = useApp();
const refused = refusal(401, 'unauthenticated');

describe('the Authorization header', () => {
  it.each([
    'Basic YWRhOnB3',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Token x',
    'Bearer x.y.z',
    'x',
    '',
  ])('proves nothing as %j, and the answer says how to authenticate', async (authorization) => {
    const answer = await app.client(sending({ authorization })).me.get();
    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('takes neither a refresh token nor the secret of a cookie', async () => {
    const member = await aMember(app);
    const { secret } = await openBrowser(app, member);
    for (const token of [member.tokens().refreshToken, secret]) {
      expect(await withToken(app, token).me.get()).toMatchObject(refused);
    }
  });

  it('decides alone: a good cookie does not help a bad token', async () => {
    const { cookie } = await openBrowser(app, await createPerson(app));
    const client = app.client(sending({ cookie, authorization: 'Bearer bad' }));
    expect(await client.me.get()).toMatchObject(refused);
  });

  it('decides alone: the token says who calls, not the cookie', async () => {
    const { id, tokens } = await aMember(app);
    const { cookie } = await openBrowser(app, await anAdministrator(app));
    const authorization = `Bearer ${tokens().accessToken}`;
    const client = app.client(sending({ cookie, authorization }));
    expect(await unwrap(client.me.get())).toMatchObject({ id, roles: ['member'] });
  });
});
