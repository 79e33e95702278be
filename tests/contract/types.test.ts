import { expect, it } from 'vitest';
import * as z from 'zod';
import { anyone, anyoneKnown, requires, signedIn } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import type { MyChanges } from '../../contract/me.ts';
import type { NewUser } from '../../contract/users.ts';
import type { SignInAttempts } from '../../server/features/auth/attempts.ts';
import type { Users } from '../../server/features/users/service.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import type { Actor } from '../../server/platform/auth/actor.ts';
import { AppModel } from '../../server/platform/db/app-model.ts';
import type { Database } from '../../server/platform/db/connect.ts';
import { type Keyset, keysetOf, type PageRequest } from '../../server/platform/db/keyset.ts';
import { exhausted } from '../../server/platform/exact.ts';
import { problem } from '../../server/platform/problem-error.ts';
import type { RevocationBus } from '../../server/platform/revocations/bus.ts';

// Nothing here is about what runs: the compiler must refuse each line below an expectation.
const endpoint = {
  method: 'GET',
  path: '',
  summary: 'Get tea',
  description: 'Answers tea.',
  responses: { 200: z.object({ cups: z.int() }) },
} as const;

const tea = c.router(
  {
    open: { ...endpoint, metadata: { access: anyone } },
    guarded: { ...endpoint, path: '/guarded', metadata: { access: signedIn() } },
  } satisfies Endpoints,
  under('/tea'),
);

it('does not compile an endpoint that does not say who may call', () => {
  // @ts-expect-error metadata is missing
  const silent = { get: endpoint } satisfies Endpoints;
  // @ts-expect-error access is missing
  const half = { get: { ...endpoint, metadata: {} } } satisfies Endpoints;
  expect([silent, half]).toHaveLength(2);
});

it('does not compile that everybody may keep what needs a caller', () => {
  const [everybody, caller] = [
    { by: 'anybody', seconds: 60 },
    { by: 'caller', seconds: 60 },
  ] as const;
  const fine = {
    open: { ...endpoint, metadata: { access: anyone, cache: everybody } },
    guarded: { ...endpoint, metadata: { access: signedIn(), cache: caller } },
  } satisfies Endpoints;
  const one = {
    // @ts-expect-error signed in
    get: { ...endpoint, metadata: { access: signedIn(), cache: everybody } },
  } satisfies Endpoints;
  const two = {
    // @ts-expect-error who is known may see more
    get: { ...endpoint, metadata: { access: anyoneKnown, cache: everybody } },
  } satisfies Endpoints;
  expect([fine, one, two]).toHaveLength(3);
});

it('does not compile an endpoint without a description', () => {
  const { description: _, ...bare } = endpoint;
  // @ts-expect-error description is missing
  const silent = { get: { ...bare, metadata: { access: anyone } } } satisfies Endpoints;
  expect(silent).toBeDefined();
});

it('does not compile a permission or a problem that nobody defined', () => {
  // @ts-expect-error no such permission
  const access = requires('tea:brew');
  // @ts-expect-error no such code
  expect(() => problem('out_of_tea')).toThrow();
  expect(access.kind).toBe('requires');
});

it('does not compile a handler that answers an undeclared status', () => {
  const handlers: Pick<Handlers<typeof tea>, 'open'> = {
    // @ts-expect-error 201 is not declared
    open: async () => ({ status: 201, body: { cups: 1 } }),
  };
  expect(handlers).toBeDefined();
});

it('does not compile a handler that answers another body', () => {
  const handlers: Pick<Handlers<typeof tea>, 'open'> = {
    // @ts-expect-error cups are counted in numbers
    open: async () => ({ status: 200, body: { cups: 'many' } }),
  };
  expect(handlers).toBeDefined();
});

it('does not compile a handler that sends an undeclared header', () => {
  const cookie = { 'Set-Cookie': 'milk=yes' };
  const router = c.router(
    {
      open: { ...endpoint, metadata: { access: anyone, sends: ['Set-Cookie'] } },
      shut: { ...endpoint, path: '/shut', metadata: { access: anyone } },
    } satisfies Endpoints,
    under('/tea'),
  );
  const handlers: Handlers<typeof router> = {
    open: async () => ({ status: 200, body: { cups: 1 }, headers: cookie }),
    // @ts-expect-error no header is declared
    shut: async () => ({ status: 200, body: { cups: 1 }, headers: cookie }),
  };
  expect(handlers).toBeDefined();
});

it('does not compile a public handler that asks who calls', () => {
  const handlers: Handlers<typeof tea> = {
    // @ts-expect-error a public endpoint has no actor
    open: async ({ actor }) => ({ status: 200, body: { cups: actor ? 1 : 0 } }),
    guarded: async ({ actor }) => ({ status: 200, body: { cups: actor.permissions.size } }),
  };
  expect(handlers).toBeDefined();
});

it('does not compile a feature that forgets an endpoint', () => {
  // @ts-expect-error guarded is missing
  const handlers: Handlers<typeof tea> = {
    open: async () => ({ status: 200, body: { cups: 1 } }),
  };
  expect(handlers).toBeDefined();
});

it('does not compile a plain connection where all or nothing must happen', () => {
  const careless = async (db: Database, attempts: SignInAttempts, bus: RevocationBus) => {
    // @ts-expect-error a connection is no transaction
    await attempts.succeed(db, { raised: [], isBlocked: false });
    // @ts-expect-error a connection is no transaction
    await bus.announce(db);
  };
  expect(careless).toBeDefined();
});

class Leaf extends AppModel {
  static override tableName = 'leaves';
  declare name: string;
  declare pickedAt: Date | null;
  declare isGreen: boolean;
}

it('does not compile an order by a column that may be null, unless it says so', () => {
  const picked = { column: 'pickedAt', kind: 'instant', nullable: true } as const;
  const { nullable: _, ...silent } = picked;
  const name = { column: 'name', kind: 'text', nullable: true } as const;
  const green = { column: 'isGreen', kind: 'text' } as const;
  const keysets: Keyset[] = [
    keysetOf(Leaf, { orders: { picked }, usual: '-picked' }),
    // @ts-expect-error pickedAt may be null
    keysetOf(Leaf, { orders: { picked: silent }, usual: 'picked' }),
    // @ts-expect-error every leaf has a name
    keysetOf(Leaf, { orders: { name }, usual: 'name' }),
    // @ts-expect-error pickedAt is no text
    keysetOf(Leaf, { orders: { picked: { ...picked, kind: 'text' } }, usual: 'picked' }),
    // @ts-expect-error nothing can be ordered by yes and no
    keysetOf(Leaf, { orders: { green }, usual: 'green' }),
    // @ts-expect-error there is no such order
    keysetOf(Leaf, { orders: { picked }, usual: 'name' }),
  ];
  expect(keysets).toHaveLength(6);
});

it('does not compile a list whose contract has an order that its keyset has not', () => {
  const keyset = keysetOf(Leaf, {
    orders: { name: { column: 'name', kind: 'text' } },
    usual: 'name',
  });
  const page: PageRequest<typeof keyset> = { sort: '-name' };
  // @ts-expect-error no such order
  const wrong: PageRequest<typeof keyset> = { sort: 'pickedAt' };
  expect([page, wrong]).toHaveLength(2);
});

// A contract that gets a field: each of these is what a handler would hand on then.
interface New {
  readonly colour?: string | undefined;
}

it('does not compile a list that forgets a filter of its contract', () => {
  const keyset = keysetOf(Leaf, {
    orders: { name: { column: 'name', kind: 'text' } },
    usual: 'name',
  });
  const lists = [
    (page: PageRequest<typeof keyset>) => Leaf.query().keysetPage(keyset, page),
    // @ts-expect-error nobody filters by colour
    (page: PageRequest<typeof keyset> & New) => Leaf.query().keysetPage(keyset, page),
    // @ts-expect-error no such order
    (page: { sort: 'pickedAt' }) => Leaf.query().keysetPage(keyset, page),
  ];
  expect(lists).toHaveLength(3);
});

it('does not compile a service that is handed a field which it does not know', () => {
  const calls = [
    (users: Users, actor: Actor, body: MyChanges) => users.update(actor, actor.id, body),
    // @ts-expect-error accounts have no colour
    (users: Users, actor: Actor, body: MyChanges & New) => users.update(actor, actor.id, body),
    // @ts-expect-error accounts have no colour
    (users: Users, actor: Actor, body: NewUser & New) => users.create(actor, body),
  ];
  expect(calls).toHaveLength(3);
});

it('does not compile an input whose fields are taken one by one, but for one', () => {
  const { fullName, username, locale, timeZone, ...rest }: MyChanges = {};
  exhausted(rest);
  const {
    fullName: _,
    username: __,
    locale: ___,
    timeZone: ____,
    ...forgotten
  }: MyChanges & New = {};
  // @ts-expect-error nobody took the colour
  exhausted(forgotten);
  expect([fullName, username, locale, timeZone]).toHaveLength(4);
});

it('does not compile a condition where the method knows none', () => {
  const required = { access: anyone, conditional: 'required' } as const;
  const post = { ...endpoint, method: 'POST', body: z.strictObject({}) } as const;
  // @ts-expect-error nobody can be required to have read before
  const read = { get: { ...endpoint, metadata: required } } satisfies Endpoints;
  const asked = { access: anyone, conditional: true } as const;
  // @ts-expect-error what is made was not there to be seen
  const made = { create: { ...post, metadata: asked } } satisfies Endpoints;
  const removed = { remove: { ...endpoint, method: 'DELETE', metadata: required } } as const;
  expect([read, made, removed satisfies Endpoints]).toHaveLength(3);
});

it('does not compile a handler that asks what its caller has seen where nobody says it', () => {
  const metadata = { access: anyone, conditional: true } as const;
  const remove = { ...endpoint, method: 'DELETE', metadata } as const;
  const router = c.router({ get: { ...endpoint, metadata }, remove } satisfies Endpoints);
  const handlers: Handlers<typeof router> = {
    // @ts-expect-error a read is judged by its answer
    get: async ({ expects }) => ({ status: 200, body: { cups: expects ? 1 : 0 } }),
    remove: async ({ expects }) => ({ status: 200, body: { cups: expects(String) ? 1 : 0 } }),
  };
  expect(handlers).toBeDefined();
});
