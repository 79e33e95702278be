import type { AppRoute, AppRouter } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contract, tags } from '../../contract/index.ts';
import type { Access } from '../../contract/kit/access.ts';
import { anyone, anyoneKnown, requires, signedIn } from '../../contract/kit/access.ts';
import type { Endpoint } from '../../contract/kit/api.ts';
import { hasBody, operationsOf } from '../../contract/kit/operations.ts';
import { permissions } from '../../contract/kit/permissions.ts';
import { type ProblemCode, problems } from '../../contract/kit/problems.ts';
import { projects } from '../example/contract.ts';

const operations = operationsOf(contract);
const named = operations.map((operation) => [operation.name, operation] as const);

/** Whose callers follow another standard than ours, each with what that says. */
const ignoring: Readonly<Record<string, string>> = {
  'auth.token': 'Parameters that are not recognised are ignored (RFC 6749, 3.2).',
  'auth.revoke': 'The same holds for what is revoked (RFC 7009, 2.1).',
  'oidc.callback': 'Providers add parameters of their own, which are ignored (RFC 6749, 4.1.2).',
  'oidc.backChannelLogout':
    'What else comes with a logout token is ignored (Back-Channel Logout 1.0, 2.5).',
};

describe.each(named)('%s', (_name, operation) => {
  const { noun, route, access, problems: codes, limit, locate, cacheControl } = operation;
  const { summary, description } = route as Endpoint;

  it('says in words what it does', () => {
    expect(summary).toMatch(/^[A-Z][^.]{3,60}$/);
    expect(description).toMatch(/^[A-Z0-9].{15,}\.$/s);
  });

  it('says who may call, with a permission that exists', () => {
    expect(['anyone', 'anyoneKnown', 'signedIn', 'requires']).toContain(access.kind);
    if (access.kind === 'requires') expect(permissions).toHaveProperty([access.permission]);
  });

  it('lives under the version or at a well-known address', () => {
    expect(route.path).toMatch(/^\/(api\/v1|\.well-known)(\/[a-z-]+|\/:[a-z][A-Za-z]+)*(\.json)?$/);
  });

  it('names exactly the parameters of its path', () => {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const shape = (route.pathParams as z.ZodObject | undefined)?.shape ?? {};
    expect(Object.keys(shape)).toEqual(inPath);
  });

  it('refuses fields that it does not know, at every depth', () => {
    const inputs = [route.query, hasBody(route) ? route.body : undefined].filter(
      (schema) => schema,
    );
    const loose = inputs.flatMap((schema) => looseObjects(schema as z.ZodType));
    expect(loose).toEqual(operation.name in ignoring ? ['the whole'] : []);
  });

  it('changes nothing by GET, and reads no body then', () => {
    if (route.method === 'GET') expect(hasBody(route)).toBe(false);
  });

  it('may always be refused for its Accept, and fail', () => {
    for (const code of ['not_acceptable', 'internal_error', 'service_unavailable'] as const) {
      expect(codes).toContain(code);
    }
  });

  it('may be refused for haste, unless it has no limit', () => {
    expect(codes.has('rate_limited')).toBe(limit !== undefined);
  });

  it('says where the thing is that it creates, if that can be read', () => {
    const { get } = contract[noun as keyof typeof contract] as { get?: AppRoute };
    const isReadable = /^\/:\w+$/.test(get?.path.replace(route.path, '') ?? '');
    if (!(201 in route.responses)) expect(locate).toBeUndefined();
    else if (isReadable) expect(locate).toBeDefined();
  });

  it('lets others keep only what anybody may see, and callers only what changes nothing', () => {
    if (access.kind !== 'anyone') expect(cacheControl).not.toContain('public');
    if (route.method !== 'GET') expect(cacheControl).toBe('no-store');
  });
});

const withExample = [...operations, ...operationsOf({ exampleProjects: projects })];
// What comes with a file is text.
const posting = withExample.filter(({ route, upload }) => hasBody(route) && !upload);

it.each(posting.map(({ name, route }) => [name, route] as const))(
  '%s hands on an instant as a Date, and not as text',
  (_name, route) => {
    const body = (route as { body: unknown }).body as z.ZodObject;
    const examples = (body.meta()?.examples ?? []) as unknown[];
    const handedOn = examples.flatMap((example) => Object.entries(body.parse(example)));
    expect(handedOn.filter(([, value]) => /^\d{4}-\d\d-\d\dT/.test(String(value)))).toEqual([]);
  },
);

it('would notice a field that lets unknown ones in', () => {
  const nested = z.strictObject({ roles: z.array(z.object({})).optional() });
  expect(looseObjects(nested)).toEqual(['.roles']);
});

it('gives every operation a name of its own and every noun a description', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(tags)).toEqual(Object.keys(contract));
});

describe('the problems that follow from an endpoint', () => {
  const always = ['not_acceptable', 'rate_limited', 'internal_error', 'service_unavailable'];
  const input = ['malformed_request', 'validation_failed'];
  const body = [...input, 'body_too_large', 'unsupported_media_type'];
  const account = ['unauthenticated', 'second_factor_required'];
  const person = [...account, 'people_only'];
  const thing = z.strictObject({});

  it.each<[string, Partial<Endpoint>, Access, string[]]>([
    ['a public one without input', {}, anyone, []],
    ['a public one with a query', { query: thing }, anyone, ['validation_failed']],
    ['a public one with a body', { method: 'POST', body: thing }, anyone, body],
    ['one of something', { pathParams: thing }, anyone, [...input, 'not_found']],
    ['one for known callers', {}, anyoneKnown, ['unauthenticated']],
    ['one for the signed-in', {}, signedIn(), person],
    ['one for the signed-in and programs', {}, signedIn({ programs: true }), account],
    [
      'one on the way to a second factor',
      {},
      signedIn({ beforeSecondFactor: true }),
      ['unauthenticated', 'people_only'],
    ],
    ['one that changes', { method: 'DELETE' }, signedIn(), [...person, 'cross_site_request']],
    ['one that needs a permission', {}, requires('users:read'), [...account, 'permission_denied']],
    [
      'one that needs a fresh sign-in',
      {},
      signedIn({ recentLogin: true }),
      [...person, 'reauthentication_required', 'impersonation_denied'],
    ],
    [
      'one for the person themselves',
      {},
      signedIn({ inPerson: true }),
      [...person, 'impersonation_denied'],
    ],
  ])('are all declared: %s', (_what, fields, access, expected) => {
    const codes = problemsOf({ ...fields, metadata: { access } } as Partial<Endpoint>);
    expect(codes.sort()).toEqual([...expected, ...always].sort());
  });

  it('include that of a foreign page, where anyone may have a cookie set', () => {
    const metadata = { access: anyone, sends: ['Set-Cookie'] as const };
    expect(problemsOf({ method: 'POST', metadata })).toContain('cross_site_request');
    expect(problemsOf({ metadata })).not.toContain('cross_site_request');
  });

  it('come on top of the declared ones', () => {
    const metadata = { access: anyone, problems: ['email_taken'] as const };
    expect(problemsOf({ metadata })).toContain('email_taken');
  });

  function problemsOf(fields: Partial<Endpoint>): ProblemCode[] {
    const endpoint = { method: 'GET', path: '', summary: 'x', description: 'x', responses: {} };
    const router = { things: { do: { ...endpoint, ...fields } } };
    const [operation] = operationsOf(router as AppRouter);
    return [...(operation?.problems ?? [])];
  }
});

describe.each(Object.entries(problems))('the problem %s', (code, { status, title, prose }) => {
  it('is a refusal with a title and advice', () => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const known = [
      400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415, 421, 422, 428, 429, 431, 500, 502,
      503,
    ];
    expect(known).toContain(status);
    expect(title).toMatch(/^[A-Z].{3,60}[^.]$/);
    expect(prose).toMatch(/^[A-Z].{35,}\.$/s);
  });
});

/** The places of objects that would let unknown fields in. */
function looseObjects(schema: z.ZodType, place = ''): string[] {
  const { def } = schema as z.ZodType & { def: Record<string, unknown> };
  const inner = ['innerType', 'element', 'in', 'out'].flatMap((key) => {
    const part = def[key];
    return part instanceof z.ZodType ? looseObjects(part, place) : [];
  });
  const options = ((def.options ?? []) as z.ZodType[]).flatMap((option) =>
    looseObjects(option, place),
  );
  if (!(schema instanceof z.ZodObject)) return [...inner, ...options];
  const isStrict = schema.def.catchall instanceof z.ZodNever;
  const fields = Object.entries(schema.shape).flatMap(([name, field]) =>
    looseObjects(field as z.ZodType, `${place}.${name}`),
  );
  return [...(isStrict ? [] : [place || 'the whole']), ...fields];
}
