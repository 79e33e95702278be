import { unwrap } from '../../client/index.ts';
import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import type { TestApp } from '../kit/app.ts';
import { insertRole } from '../kit/build.ts';
import { sending } from '../kit/credentials.ts';
import { type QuickSession, quickSession, type Wanted } from '../kit/quick-session.ts';
import type { Headers, Part, Worth } from './part.ts';
import { programsOf } from './programs.ts';

export interface Caller extends Part {
  readonly headers: Headers;
}

export type Cast = Readonly<Record<string, Caller>>;

const everything: ReadonlySet<string> = new Set(permissionNames);
const administrator = { roles: ['admin'] };
const byCookie = { ...administrator, kind: 'cookie' } as const;
const foreign = 'https://elsewhere.example';

/** Everybody who may come to a door, whichever it is. */
export async function castOf(app: TestApp): Promise<Cast> {
  const { headers } = await quickSession(app);
  const { permissions } = await unwrap(app.client(sending(headers)).me.get());
  const good = (held: ReadonlySet<string>, wanted: Wanted) => part(app, 'good', held, wanted);
  const beyond = (worth: Worth, wanted: Wanted, change?: (session: QuickSession) => unknown) =>
    part(app, worth, everything, wanted, change);
  return engage({
    nobody: { worth: 'none', permissions: new Set(), open: async () => ({}) },
    member: good(new Set(permissions), {}),
    administrator: good(everything, administrator),
    'administrator by cookie': good(everything, byCookie),
    'administrator who signed in long ago': beyond('old', {
      ...administrator,
      signedInMinutesAgo: 11,
    }),
    'administrator who must have a second factor': beyond('unfactored', {
      roles: ['admin', await insertRole(app, [], { requiresSecondFactor: true })],
    }),
    'administrator who acts as another': {
      worth: 'impersonating',
      permissions: everything,
      // From a session of its own each time: signing out ends both.
      open: async () => {
        const impersonatedBy = await quickSession(app, administrator);
        return (await quickSession(app, { ...administrator, impersonatedBy })).headers;
      },
    },
    'cookie without an origin': beyond(
      'unproven',
      byCookie,
      ({ headers }) => delete headers.Origin,
    ),
    'cookie from a foreign page': beyond('foreign', byCookie, ({ headers }) => {
      headers.Origin = foreign;
    }),
    'ended session': beyond('void', administrator, (session) => logOut(app, session)),
    'ended session by cookie': beyond('ended cookie', byCookie, (session) => logOut(app, session)),
    'deactivated account': beyond('void', administrator, (session) => deactivate(app, session)),
    'expired token': beyond('void', { ...administrator, tokenMinutesOld: 6 }),
    ...programsOf(app, deactivate),
    'bad token beside a good cookie': beyond('void', byCookie, ({ headers }) => {
      headers.Authorization = 'Bearer e30.e30.e30';
    }),
  });
}

/** For each permission, somebody with it alone and somebody with all others. */
export async function holdersOf(app: TestApp, permission: Permission): Promise<Cast> {
  const others = permissionNames.filter((name) => name !== permission);
  const holding = (permissions: Permission[]) =>
    part(app, 'good', new Set(permissions), { permissions });
  return engage({
    [`holder of ${permission}`]: holding([permission]),
    'holder of all others': holding(others),
  });
}

function part(
  app: TestApp,
  worth: Worth,
  permissions: ReadonlySet<string>,
  wanted: Wanted,
  change: (session: QuickSession) => unknown = () => {},
): Part {
  const open = async () => {
    const session = await quickSession(app, wanted);
    await change(session);
    return session.headers;
  };
  return { worth, permissions, open };
}

async function engage(parts: Record<string, Part>): Promise<Cast> {
  const callers = Object.entries(parts).map(
    async ([name, made]) => [name, { ...made, headers: await made.open() }] as const,
  );
  return Object.fromEntries(await Promise.all(callers));
}

async function logOut(app: TestApp, { headers }: QuickSession): Promise<void> {
  await unwrap(app.client(sending(headers)).auth.logout());
}

/** By another administrator, after the account has been seen. */
async function deactivate(app: TestApp, { headers, userId }: QuickSession): Promise<void> {
  await unwrap(app.client(sending(headers)).permissions.list());
  const other = await quickSession(app, administrator);
  await unwrap(app.client(sending(other.headers)).users.deactivate({ userId }));
}
