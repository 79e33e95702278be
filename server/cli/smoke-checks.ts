import { isDeepStrictEqual } from 'node:util';
import { type Client, unwrap } from '../../client/index.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import type { SmokeCredentials } from './smoke-credentials.ts';

/** What a visit to a running service knows. */
export interface Visit {
  readonly url: string;
  readonly timeoutMs: number;
  /** Without credentials. */
  readonly stranger: Client;
  /** Who keeps the tokens of its sign-in. */
  readonly guest: Client;
  readonly credentials: SmokeCredentials | undefined;
  /** Whether the document may be that of another release. */
  readonly anyRelease: boolean;
}

/** One look: a detail where all is well, else it throws. */
export interface SmokeCheck {
  readonly name: string;
  /** `credentials`: skipped without; `sign-in`: skipped unless that has worked. */
  readonly needs?: 'credentials' | 'sign-in';
  /** It tidies up: tried even where the service has stopped to answer. */
  readonly isLast?: true;
  readonly look: (visit: Visit) => Promise<string>;
}

/** Nothing here changes data; a sign-in leaves a session, which the last one ends. */
export const smokeChecks: readonly SmokeCheck[] = [
  {
    name: 'liveness',
    look: async ({ stranger }) => (await unwrap(stranger.health.liveness())).status,
  },
  {
    name: 'readiness',
    look: async ({ stranger }) => (await unwrap(stranger.health.readiness())).status,
  },
  { name: 'health', look: async ({ stranger }) => (await unwrap(stranger.health.check())).status },
  { name: 'document', look: lookAtDocument },
  { name: 'signing keys', look: lookAtKeys },
  { name: 'refusal (401)', look: lookAtRefusal },
  { name: 'sign-in', needs: 'credentials', look: signIn },
  { name: 'me', needs: 'sign-in', look: lookAtMe },
  { name: 'list', needs: 'sign-in', look: lookAtList },
  { name: 'refusal (403)', needs: 'sign-in', look: lookAtForbidden },
  { name: 'sign-out', needs: 'sign-in', isLast: true, look: signOut },
];

type Document = Awaited<ReturnType<typeof openApiDocument>>;

/** The typed client has no function for it: it is what the client is made of. */
async function lookAtDocument({ url, timeoutMs, anyRelease }: Visit): Promise<string> {
  const response = await fetch(`${url}/api/v1/openapi.json`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`It is answered with ${response.status}.`);
  const found = (await response.json().catch(() => undefined)) as Document | undefined;
  if (!found?.openapi?.startsWith('3.1') || !found.components) {
    throw new Error('What is there is no OpenAPI 3.1 document.');
  }
  if (isDeepStrictEqual(promisedBy(found), promisedBy(await ownDocument(found)))) {
    return 'equals that of this release';
  }
  if (anyRelease) return 'that of another release';
  throw new Error(
    'It is not that of this release: another one answers there. If it shall, add --any-release.',
  );
}

/** What this release would publish there: its address and some names are the operator's. */
async function ownDocument(found: Document): Promise<Document> {
  const usual = await openApiDocument(contract, tags, Event);
  const names = ({ components: { headers } }: Document) => Object.keys(headers as object);
  const [foreign] = names(found).filter((name) => !names(usual).includes(name));
  return openApiDocument(contract, tags, Event, {
    ...(foreign !== undefined && { requestIdHeader: foreign }),
    url: addressIn(found),
    isSecure: isDeepStrictEqual(cookieOf(found), cookieOf(usual)),
  });
}

function addressIn({ servers }: Document): string {
  const url = servers?.[0]?.['url'];
  return typeof url === 'string' && (url === '/' || URL.canParse(url)) ? url : '/';
}

/** Its name tells whether the service is reached by https. */
function cookieOf({ components }: Document): unknown {
  return (components['securitySchemes'] as { cookie?: unknown } | undefined)?.cookie;
}

/** All but the address itself. */
function promisedBy(document: Document): unknown {
  return JSON.parse(JSON.stringify({ ...document, servers: [] }));
}

async function lookAtKeys({ stranger }: Visit): Promise<string> {
  const { keys } = await unwrap(stranger.signingKeys.list());
  if (keys.length === 0) throw new Error('There is none: nobody can sign in.');
  if (keys.some((key) => 'd' in key)) throw new Error('A private key is shown to everybody.');
  return keys.length === 1 ? 'one' : `${keys.length}`;
}

async function lookAtRefusal({ stranger }: Visit): Promise<string> {
  const answer = await stranger.me.get();
  if (answer.ok) throw new Error('Nobody was asked who they are.');
  if (answer.status !== 401) throw new Error(`${answer.status} ${answer.problem.code}, not 401.`);
  return answer.problem.code;
}

async function signIn({ guest, credentials }: Visit): Promise<string> {
  const { identifier = '', password = '' } = credentials ?? {};
  const answer = await guest.auth.login({ body: { identifier, password, delivery: 'tokens' } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.problem.code}.`);
  if (answer.status === 200) return 'by tokens';
  throw new Error('The account has a second factor: use one that needs none.');
}

async function lookAtMe({ guest, credentials }: Visit): Promise<string> {
  const { username, email } = await unwrap(guest.me.get());
  const wanted = credentials?.identifier.trim().toLowerCase();
  if ([username, email].some((name) => name.toLowerCase() === wanted)) return username;
  throw new Error('It is somebody else.');
}

async function lookAtList({ guest }: Visit): Promise<string> {
  const { items } = await unwrap(guest.sessions.list());
  if (items.length === 0) throw new Error('The session of this visit is not in it.');
  return `sessions: ${items.length}`;
}

/** Whichever list the account may not read. */
async function lookAtForbidden({ guest }: Visit): Promise<string> {
  const { permissions } = await unwrap(guest.me.get());
  const lists = {
    'audit:read': () => guest.audit.list(),
    'roles:read': () => guest.roles.list(),
    'webhooks:read': () => guest.webhooks.list(),
  } as const;
  const [needed, list] =
    Object.entries(lists).find(([name]) => !permissions.includes(name as never)) ?? [];
  if (!list) throw new Error('The account may read everything: use one that may less.');
  const answer = await list();
  if (answer.ok) throw new Error(`It is answered what takes ${needed}.`);
  if (answer.status !== 403) throw new Error(`${answer.status} ${answer.problem.code}, not 403.`);
  return `${answer.problem.code} without ${needed}`;
}

async function signOut({ guest }: Visit): Promise<string> {
  await unwrap(guest.auth.logout());
  return 'the session has ended';
}
