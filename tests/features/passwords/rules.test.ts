import { describe, expect, it } from 'vitest';
import { invalid } from '../../kit/answers.ts';
import { type TestApp, useApp } from '../../kit/app.ts';
import { newPerson } from '../../kit/callers.ts';

const app = useApp();

function register(fields: object, where: TestApp = app) {
  return where.client().auth.register({ body: { ...newPerson(), ...fields } });
}

async function signsIn(identifier: string, password: string): Promise<boolean> {
  const body = { identifier, password, delivery: 'tokens' } as const;
  return (await app.client().auth.login({ body })).ok;
}

describe('a new password', () => {
  it('has 8 to 128 characters, counted as people count', async () => {
    expect(await register({ password: 'seven 7' })).toMatchObject(invalid('password'));
    expect(await register({ password: '🦊'.repeat(7) })).toMatchObject(invalid('password'));
    expect(await register({ password: 'x'.repeat(129) })).toMatchObject(invalid('password'));
    expect(await register({ password: '🦊'.repeat(128) })).toMatchObject({ status: 201 });
  });

  it.each(['password', 'PassWord', '1234567890', 'qwertyuiop'])(
    'is not the common %j',
    async (password) => {
      expect(await register({ password })).toMatchObject(invalid('password', 'too_common'));
    },
  );

  it('is not the own e-mail address, username or full name, in any case', async () => {
    const person = { ...newPerson(), fullName: 'Augusta Ada King' };
    const { email, username, fullName } = person;
    for (const password of [email, email.toUpperCase(), username, fullName.toLowerCase()]) {
      const answer = await register({ ...person, password });
      expect(answer).toMatchObject(invalid('password', 'own_name'));
    }
  });

  it.each([
    ['spaces at both ends', '  a long passphrase  ', 'a long passphrase'],
    ['its case', 'A Long Passphrase', 'a long passphrase'],
    ['emoji', 'fox 🦊🦊🦊🦊', 'fox 🦊🦊🦊'],
    ['more than 72 bytes', `${'é'.repeat(64)}1`, `${'é'.repeat(64)}2`],
  ])('keeps %s', async (_, password, other) => {
    const { username } = newPerson();
    expect(await register({ username, password })).toMatchObject({ status: 201 });
    expect(await signsIn(username, password)).toBe(true);
    expect(await signsIn(username, other)).toBe(false);
  });

  it('needs no mixture of characters', async () => {
    expect(await register({ password: 'only lower case' })).toMatchObject({ status: 201 });
  });
});

describe('PASSWORD_MIN_LENGTH', () => {
  const strict = useApp({ PASSWORD_MIN_LENGTH: '12' });

  it('raises the shortest length', async () => {
    const short = await register({ password: 'eleven long' }, strict);
    expect(short).toMatchObject(invalid('password', 'too_short'));
    expect(await register({ password: 'twelve long!' }, strict)).toMatchObject({ status: 201 });
  });
});

describe('PASSWORD_REQUIRED_CLASSES', () => {
  const classic = useApp({ PASSWORD_REQUIRED_CLASSES: '4' });

  it.each(['NO LOWER 1!', 'no upper 1!', 'No digit!', 'NoOther1'])(
    'refuses %j',
    async (password) => {
      const answer = await register({ password }, classic);
      expect(answer).toMatchObject(invalid('password', 'too_few_classes'));
    },
  );

  it('takes a password with all of them', async () => {
    expect(await register({ password: 'All 4 classes' }, classic)).toMatchObject({ status: 201 });
  });
});
