import type { TestApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { newPerson } from '../kit/callers.ts';
import { encoded, type Input, inputsOf, operations } from '../kit/operations.ts';
import { codeOf } from '../kit/second-factors.ts';
import type { Secrets } from '../kit/secrets.ts';
import type { Heard } from './scenario.ts';

type Json = Record<string, string>;

/** An account from sign-up to sign-out, mistakes and misuse included; every credential is planted. */
export async function live(app: TestApp, secrets: Secrets): Promise<Heard[]> {
  const heard: Heard[] = [];
  const send = async (
    name: string,
    fields?: Json,
    headers: Json = {},
    params: Json = {},
  ): Promise<Json> => {
    const operation = operations.find((one) => one.name === name);
    if (!operation) throw new Error(`The contract has no ${name}`);
    const { body } = inputsOf(operation);
    const input: Input = {
      headers,
      params,
      ...(body && fields && { body: encoded(body, fields) }),
    };
    const answer = await ask(app, operation, input);
    heard.push({ operation, ...answer });
    const cookie = answer.headers['set-cookie']?.split(';', 1).join() ?? '';
    return { ...(answer.text ? JSON.parse(answer.text) : {}), cookie };
  };
  const keep = ({
    accessToken,
    refreshToken,
  }: Json): { accessToken: string; refreshToken: string } => ({
    accessToken: secrets.add('access token', accessToken),
    refreshToken: secrets.add('refresh token', refreshToken),
  });

  const person = { ...newPerson(), password: secrets.make('password') };
  const identifier = person.username;
  await send('auth.register', person);
  await send('auth.register', { ...person, password: secrets.make('password of a taken name') });
  await send('auth.login', {
    identifier,
    password: secrets.make('wrong password'),
    delivery: 'tokens',
  });
  await send('auth.login', {
    identifier: secrets.make('password in the wrong field'),
    password: 'x',
    delivery: 'tokens',
  });

  const known = { identifier, password: person.password };
  const { cookie = '' } = await send('auth.login', { ...known, delivery: 'cookie' });
  secrets.add('cookie', cookie.slice(cookie.indexOf('=') + 1));
  const browser = { Cookie: cookie, Origin: app.config.http.publicUrl };
  const first = keep(await send('auth.login', { ...known, delivery: 'tokens' }));
  const second = keep(await send('auth.refresh', { refreshToken: first.refreshToken }));
  const bearer = { Authorization: `Bearer ${second.accessToken}` };

  const currentPassword = secrets.make('wrong current password');
  const newPassword = secrets.make('new password');
  await send('me.changePassword', { currentPassword, newPassword }, bearer);
  await send(
    'me.changePassword',
    { currentPassword: person.password, newPassword: 'sEcret1' },
    bearer,
  );
  await send('me.changePassword', { currentPassword: person.password, newPassword }, bearer);
  await send('sessions.list', undefined, bearer);
  const { secret = '' } = await send('secondFactors.enrol', undefined, bearer);
  secrets.add('secret of an authenticator app', secret);
  const firstCode = codeOf(secret, app.clock.now());
  const confirmed = await send('secondFactors.confirm', { code: firstCode }, bearer);
  for (const code of confirmed.codes ?? []) secrets.add('recovery code', code);
  const { token: pending = '' } = await send('auth.login', {
    identifier,
    password: newPassword,
    delivery: 'tokens',
  });
  secrets.add('token of a pending sign-in', pending);
  const wrongCode = secrets.make('wrong recovery code');
  await send('auth.proveSecondFactor', { token: pending, recoveryCode: wrongCode });
  app.clock.advance({ seconds: 30 });
  const totp = codeOf(secret, app.clock.now());
  keep(await send('auth.proveSecondFactor', { token: pending, totp }));
  await send('secondFactors.removeTotp', undefined, bearer);
  const made = await send('apiKeys.create', { name: 'report', scopes: [] as never }, bearer);
  const { key: successor } = await send('apiKeys.rotate', {}, bearer, { keyId: made.id ?? '' });
  for (const key of [made.key, successor]) {
    secrets.add('API key', key);
    await send('permissions.list', undefined, { Authorization: `Bearer ${key}` });
  }
  await send('auth.session', undefined, browser);
  await send('auth.revoke', { token: second.accessToken });
  await send('me.get', undefined, bearer);

  const again = keep(
    await send('auth.login', { identifier, password: newPassword, delivery: 'tokens' }),
  );
  keep(await send('auth.refresh', { refreshToken: again.refreshToken }));
  app.clock.advance({ minutes: 1 });
  await send('auth.refresh', { refreshToken: again.refreshToken });
  return heard;
}
