import { type Access, isInPerson } from '../../../contract/kit/access.ts';
import { isForPeople, type Operation } from '../../../contract/kit/operations.ts';
import { type Clock, minuteSeconds, secondsAfter } from '../clock.ts';
import { problem } from '../problem-error.ts';
import { type Actor, can } from './actor.ts';
import type { OriginCheck, OriginHeaders } from './origin.ts';

/** What a caller presents to prove who it is, by the names of HTTP's headers. */
export interface Presented extends OriginHeaders {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  /** Of whoever may have to send a call again. */
  readonly 'idempotency-key'?: string | undefined;
  /** Of whoever was told of events before. */
  readonly 'last-event-id'?: string | undefined;
}

/** What an operation asks of an authentication. */
export interface Needs {
  /** The database is asked, and not the memory of this process. */
  readonly exact: boolean;
  /** Whether something may change: what a browser sends by itself must then be proven. */
  readonly isUnsafe: boolean;
}

/** One way to prove who calls. */
export interface Scheme {
  /** The credential of this scheme, if it was presented; undefined lets the next scheme try. */
  read(presented: Presented): string | undefined;
  /** @throws a problem for a credential that was presented and is not good. */
  authenticate(credential: string, needs: Needs, presented: Presented): Promise<Actor | undefined>;
}

export interface GuardParts {
  /** In the order of their precedence: the first that finds something of its own decides alone. */
  readonly schemes: readonly Scheme[];
  readonly origins: OriginCheck;
  readonly clock: Clock;
}

/** Who calls an operation, and whether they may. Runs before any input is read. */
export interface Admission {
  /** @throws a problem for a credential that was presented and is not good: 401, or 403 for a foreign origin. */
  authenticate(presented: Presented): Actor | undefined | Promise<Actor | undefined>;
  /** @throws a problem for a caller who may not: 401, 403. */
  authorize(actor: Actor | undefined): void;
}

/** What an operation's access asks for is worked out once, at start. */
export type Guard = (operation: Operation) => Admission;

const recentLoginSeconds = 10 * minuteSeconds;

/** Whether the actor signed in just now; the system never has to, and nobody signs in as another. */
export function isRecent({ session, kind, act }: Actor, now: Date): boolean {
  if (act) return false;
  if (!session) return kind === 'system';
  return secondsAfter(session.authenticatedAt, recentLoginSeconds) > now;
}

export function createGuard(parts: GuardParts): Guard {
  return (operation) => {
    const { access, route } = operation;
    if (access.kind === 'anyone') return forAnyone(parts, operation);
    const needs = { exact: 'exact' in access, isUnsafe: route.method !== 'GET' };
    const identify = (presented: Presented) => authenticate(parts.schemes, needs, presented);
    return {
      authenticate: access.kind === 'anyoneKnown' ? knowing(identify) : identify,
      authorize: (actor) => authorize(access, actor, parts.clock),
    };
  };
}

type Identify = (presented: Presented) => Promise<Actor | undefined>;

/** Whoever may not act yet, or acts as another, is nobody where anyone may call. */
function knowing(identify: Identify): Identify {
  return async (presented) => {
    const actor = await identify(presented);
    return actor?.lacksSecondFactor || actor?.act ? undefined : actor;
  };
}

function forAnyone({ origins }: GuardParts, { problems }: Operation): Admission {
  // A page elsewhere may not sign a browser in, or up, either.
  const isOurs = problems.has('cross_site_request');
  return {
    authenticate: (presented) => {
      if (isOurs) origins.assertNotForeign(presented);
      return undefined;
    },
    authorize: () => {},
  };
}

async function authenticate(
  schemes: readonly Scheme[],
  needs: Needs,
  presented: Presented,
): Promise<Actor | undefined> {
  for (const scheme of schemes) {
    const credential = scheme.read(presented);
    if (credential !== undefined) return scheme.authenticate(credential, needs, presented);
  }
  return undefined;
}

function authorize(access: Access, actor: Actor | undefined, clock: Clock): void {
  if (access.kind === 'anyoneKnown') return;
  if (!actor) throw problem('unauthenticated');
  // A kind that nobody has heard of is denied.
  if (access.kind !== 'signedIn' && access.kind !== 'requires') throw problem('permission_denied');
  // Keys and service accounts have no session: what no permission limits is not for them.
  if (isForPeople(access) && !actor.session && actor.kind !== 'system')
    throw problem('people_only');
  if (actor.lacksSecondFactor && !access.beforeSecondFactor) {
    throw problem('second_factor_required');
  }
  if (access.kind === 'requires' && !can(actor, access.permission)) {
    throw problem('permission_denied');
  }
  if (actor.act && isInPerson(access)) throw problem('impersonation_denied');
  if (access.recentLogin && !isRecent(actor, clock.now())) {
    throw problem('reauthentication_required');
  }
}
