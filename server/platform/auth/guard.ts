import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from '../../../contract/kit/access.ts';
import type { Operation } from '../../../contract/kit/operations.ts';
import { type Clock, minuteSeconds, secondsAfter } from '../clock.ts';
import { findRequestContext } from '../observability/request-context.ts';
import { problem } from '../problem-error.ts';
import type { AccessTokens } from './access-tokens.ts';
import { type Actor, can } from './actor.ts';
import type { Callers } from './callers.ts';
import type { OriginCheck } from './origin.ts';
import type { Sessions } from './sessions.ts';

export interface GuardParts {
  readonly sessions: Sessions;
  readonly callers: Callers;
  readonly accessTokens: AccessTokens;
  readonly origins: OriginCheck;
  readonly clock: Clock;
}

/** Says who calls, or refuses: 401, 403. Runs before any input is read. */
export type Admission = (
  headers: IncomingHttpHeaders,
) => Actor | undefined | Promise<Actor | undefined>;

/** What an operation's access asks for is worked out once, at start. */
export type Guard = (operation: Operation) => Admission;

const recentLoginSeconds = 10 * minuteSeconds;

/** Whether the actor signed in just now; the system never has to. */
export function isRecent({ session, id }: Actor, now: Date): boolean {
  if (!session) return id.startsWith('system:');
  return secondsAfter(session.authenticatedAt, recentLoginSeconds) > now;
}

export function createGuard(parts: GuardParts): Guard {
  return (operation) => {
    const { access, problems } = operation;
    if (access.kind !== 'anyone') return (headers) => admit(parts, operation, headers);
    // A page elsewhere may not sign a browser in, either.
    const isCookieSet = problems.has('cross_site_request');
    return (headers) => {
      if (isCookieSet) parts.origins.assertNotForeign(headers);
      return undefined;
    };
  };
}

async function admit(
  parts: GuardParts,
  operation: Operation,
  headers: IncomingHttpHeaders,
): Promise<Actor | undefined> {
  const { access } = operation;
  const actor = await authenticate(parts, operation, headers);
  if (access.kind === 'anyoneKnown') return actor;
  if (!actor) throw problem('unauthenticated');
  identify(actor);
  assertAllowed(access, actor, parts.clock);
  return actor;
}

/** Known from here on: a refusal is logged and audited with who was refused. */
function identify(actor: Actor): void {
  const context = findRequestContext();
  if (context) context.actor = actor;
}

/** The header decides alone; a cookie is read only where no header is sent. */
async function authenticate(
  parts: GuardParts,
  operation: Operation,
  headers: IncomingHttpHeaders,
): Promise<Actor | undefined> {
  const exact = 'exact' in operation.access;
  if (headers.authorization !== undefined) return byToken(parts, headers.authorization, exact);
  const secret = parts.sessions.readCookie(headers.cookie);
  if (!secret) return undefined;
  if (operation.route.method !== 'GET') parts.origins.assertProven(headers);
  return parts.callers.byCookie(secret, { exact });
}

async function byToken(parts: GuardParts, authorization: string, exact: boolean): Promise<Actor> {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (!token) throw problem('unauthenticated');
  const claims = await parts.accessTokens.verify(token);
  const actor = await parts.callers.byToken(claims.sessionId, { exact });
  if (actor?.id !== claims.userId) throw problem('unauthenticated');
  return actor;
}

function assertAllowed(access: Access, actor: Actor, clock: Clock): void {
  if (access.kind !== 'signedIn' && access.kind !== 'requires') throw problem('permission_denied');
  if (access.kind === 'requires' && !can(actor, access.permission)) {
    throw problem('permission_denied');
  }
  if (access.recentLogin && !isRecent(actor, clock.now())) {
    throw problem('reauthentication_required');
  }
}
