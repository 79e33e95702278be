import { describe, expect, it } from 'vitest';
import type { Problem } from '../../client/generated/schemas.ts';
import { usersCreate } from '../../client/generated/users.ts';
import { fieldErrors, isProblem, ProblemError, unwrapOr } from '../../client/index.ts';
import { scripted } from './scripted.ts';
import { problem } from './stand-in.ts';

const body = { email: 'ada@example.com', username: 'ada' };
const known = (code: string, more = {}) => problem(409, code, more).body as Problem;
const created = { status: 201, body: { id: '1' } };

describe('unwrapOr', () => {
  const called = (reply: Parameters<typeof scripted>[0]) =>
    usersCreate(scripted(reply).connection, { body });

  it('gives the body of a success', async () => {
    expect(await unwrapOr(called(created), { email_taken: () => 'taken' })).toEqual({ id: '1' });
  });

  it('gives what the handler of the code gives', async () => {
    const on = { email_taken: async ({ code, status }: Problem) => `${status} ${code}` };
    expect(await unwrapOr(called(problem(409, 'email_taken')), on)).toBe('409 email_taken');
  });

  it('throws what has no handler', async () => {
    const call = unwrapOr(called(problem(409, 'username_taken')), { email_taken: () => 'taken' });
    await expect(call).rejects.toMatchObject({ code: 'username_taken' });
  });

  it('takes nothing that every object has for a handler', async () => {
    const call = unwrapOr(called(problem(409, 'constructor')), { email_taken: () => 'taken' });
    await expect(call).rejects.toBeInstanceOf(ProblemError);
  });
});

describe('isProblem', () => {
  const error: unknown = new ProblemError(known('email_taken'));

  it('tells a refusal by its codes, or by none', () => {
    expect(isProblem(error)).toBe(true);
    expect(isProblem(error, 'email_taken')).toBe(true);
    expect(isProblem(error, 'username_taken', 'email_taken')).toBe(true);
    expect(isProblem(error, 'username_taken')).toBe(false);
  });

  it.each([new Error('x'), { code: 'email_taken' }, undefined, 'email_taken'])(
    'is none: %s',
    (other) => {
      expect(isProblem(other)).toBe(false);
      expect(isProblem(other, 'email_taken')).toBe(false);
    },
  );
});

describe('fieldErrors', () => {
  const errors = [
    { in: 'body', path: 'email', code: 'wrong_format', message: 'No address' },
    { in: 'body', path: 'email', code: 'too_long', message: 'Too long' },
    { in: 'body', path: 'address.city', code: 'required', message: 'Missing' },
    { in: 'body', path: '', code: 'unknown_field', message: 'What is that?' },
  ];
  const invalid = problem(422, 'validation_failed', { errors }).body as Problem;

  it('names what is wrong by its place, of a problem or of what was thrown', () => {
    const wanted = {
      email: [
        { code: 'wrong_format', message: 'No address' },
        { code: 'too_long', message: 'Too long' },
      ],
      'address.city': [{ code: 'required', message: 'Missing' }],
      '': [{ code: 'unknown_field', message: 'What is that?' }],
    };
    expect(fieldErrors(invalid)).toEqual(wanted);
    expect(fieldErrors(new ProblemError(invalid))).toEqual(wanted);
  });

  it('puts a refusal that names no field where you say', () => {
    const fields = { email_taken: 'email', username_taken: 'username' } as const;
    const taken = { email: [{ code: 'email_taken', message: 'This is email_taken.' }] };
    expect(fieldErrors(known('email_taken'), fields)).toEqual(taken);
    expect(fieldErrors(known('role_name_taken'), fields)).toEqual({});
    expect(fieldErrors(known('constructor'), fields)).toEqual({});
  });

  it('finds nothing where nothing is wrong, and nothing that every object has', () => {
    expect(fieldErrors(undefined)).toEqual({});
    expect(fieldErrors(undefined)['constructor']).toBeUndefined();
  });
});
