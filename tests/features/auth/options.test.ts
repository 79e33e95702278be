import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { SignInOptions } from '../../../contract/sign-in-options.ts';
import { viewOptions } from '../../../server/features/auth/view.ts';
import { useApp } from '../../kit/app.ts';
import { graphqlOf } from '../../kit/graphql.ts';

describe('a service that is set up by nobody', () => {
  const app = useApp({ MAGIC_LINK: 'false' });

  it('tells strangers what they may do, and lets anybody keep it for a while', async () => {
    const answer = await app.client().auth.options();
    expect(await unwrap(answer)).toEqual({
      signUp: 'open',
      requiresVerifiedEmail: false,
      hasMagicLink: false,
      passwordMinLength: 8,
    });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
  });

  it.each(['open', 'invite', 'closed'] as const)('tells sign-up that is %s', (signUp) => {
    const { accounts, passwords } = app.platform.config;
    const told = viewOptions({ accounts: { ...accounts, signUp }, passwords });
    expect(SignInOptions.parse(told).signUp).toBe(signUp);
  });
});

describe('a service that somebody has set up', () => {
  const app = useApp({
    SIGN_UP: 'invite',
    REQUIRE_VERIFIED_EMAIL: 'true',
    MAGIC_LINK: 'true',
    PASSWORD_MIN_LENGTH: '15',
  });

  it('tells it, over GraphQL as well', async () => {
    const { data } = await graphqlOf(app)(
      '{ signInOptions { signUp requiresVerifiedEmail hasMagicLink passwordMinLength } providers { name } }',
    );
    expect(data).toEqual({
      signInOptions: {
        signUp: 'invite',
        requiresVerifiedEmail: true,
        hasMagicLink: true,
        passwordMinLength: 15,
      },
      providers: expect.any(Array),
    });
  });
});
