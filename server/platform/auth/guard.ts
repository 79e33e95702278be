import type { Access } from '../../../contract/kit/access.ts';
import type { Operation } from '../../../contract/kit/operations.ts';
import { type Clock, minuteSeconds, secondsAfter } from '../clock.ts';
import { problem } from '../problem-error.ts';
import type { AccessTokens } from './access-tokens.ts';
import { type Actor, can } from './actor.ts';
import type { Callers } from './callers.ts';
import type { OriginCheck, OriginHeaders } from './origin.ts';
import type { Sessions } from './sessions.ts';

export interface GuardParts {
  readonly sessions: Sessions;
  readonly callers: Callers;
  readonly accessTokens: AccessTokens;
  readonly origins: OriginCheck;
  readonly clock: Clock;
}

/** What a caller shows of itself, by the names that HTTP has for it. */
export interface Presented extends OriginHeaders {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** Who calls an operation, and whether they may. Runs before any input is read. */
export interface Admission {
  /** @throws a problem for a credential that is not good: 401, or 403 for a foreign origin. */
  authenticate(presented: Presented): Actor | undefined | Promise<Actor | undefined>;
  /** @throws a problem for a caller who may not: 401, 403. */
  authorize(actor: Actor | undefined): void;
}

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
    const { access } = operation;
    if (access.kind === 'anyone') return forAnyone(parts, operation);
    return {
      authenticate: (presented) => authenticate(parts, operation, presented),
      authorize: (actor) => authorize(access, actor, parts.clock),
    };
  };
}

function forAnyone({ origins }: GuardParts, { problems }: Operation): Admission {
  // A page elsewhere may not sign a browser in, either.
  const isCookieSet = problems.has('cross_site_request');
  return {
    authenticate: (presented) => {
      if (isCookieSet) origins.assertNotForeign(presented);
      return undefined;
    },
    authorize: () => {},
  };
}

/** The header decides alone; a cookie is read only where no header is sent. */
async function authenticate(
  parts: GuardParts,
  operation: Operation,
  presented: Presented,
): Promise<Actor | undefined> {
  const exact = 'exact' in operation.access;
  const { authorization, cookie } = presented;
  if (authorization !== undefined) return byToken(parts, authorization, exact);
  const secret = parts.sessions.readCookie(cookie);
  if (!secret) return undefined;
  if (operation.route.method !== 'GET') parts.origins.assertProven(presented);
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

function authorize(access: Access, actor: Actor | undefined, clock: Clock): void {
  if (access.kind === 'anyoneKnown') return;
  if (!actor) throw problem('unauthenticated');
  // A kind that nobody has heard of is denied.
  if (access.kind !== 'signedIn' && access.kind !== 'requires') throw problem('permission_denied');
  if (access.kind === 'requires' && !can(actor, access.permission)) {
    throw problem('permission_denied');
  }
  if (access.recentLogin && !isRecent(actor, clock.now())) {
    throw problem('reauthentication_required');
  }
}
