import { setTimeout as sleep } from 'node:timers/promises';
import type { SmokeCheck, Visit } from './smoke-checks.ts';

/** What came of a check. */
export interface Outcome {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
  readonly ms: number;
}

/** One after the other; whatever fails, those that still can are tried. */
export async function runChecks(
  checks: readonly SmokeCheck[],
  visit: Visit,
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let isAway = false;
  let hasSignedIn = false;
  for (const { name, needs, isLast, look } of checks) {
    const begun = performance.now();
    const end = (result: Outcome['result'], detail: string) => {
      const outcome = { name, result, detail, ms: Math.round(performance.now() - begun) };
      outcomes.push(outcome);
      onOutcome(outcome);
    };
    if (needs && !visit.credentials) end('skipped', 'nobody to sign in was named');
    else if (needs === 'sign-in' && !hasSignedIn) end('skipped', 'nobody is signed in');
    else if (isAway && !isLast) end('skipped', 'the service does not answer');
    else {
      try {
        end('ok', await look(visit));
        hasSignedIn ||= needs === 'credentials';
      } catch (error) {
        const { detail, isGone } = failureOf(error, visit);
        isAway ||= isGone;
        end('failed', detail);
      }
    }
  }
  return outcomes;
}

/** Asks again and again whether it is ready, for as long as it may take. */
export async function untilReady({ stranger }: Visit, waitMs: number): Promise<void> {
  const until = performance.now() + waitMs;
  while (performance.now() < until) {
    const isReady = await stranger.health.readiness().then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(Math.min(500, Math.max(until - performance.now(), 0)));
  }
}

/** In words; and whether nothing came back at all, so that nothing else need be tried. */
function failureOf(error: unknown, { timeoutMs }: Visit): { detail: string; isGone: boolean } {
  const { name, message } = error as Error;
  if (name === 'TimeoutError') {
    return { detail: `No answer within ${timeoutMs / 1000} s.`, isGone: true };
  }
  const cause = deepest(error as Error);
  // What `fetch` throws says nothing; why stands below it.
  if (cause === error) return { detail: message, isGone: false };
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const todo = /CERT|SIGNED|ALTNAME|ISSUER/.test(code)
    ? ' Name the authority that signed its certificate in NODE_EXTRA_CA_CERTS.'
    : '';
  return { detail: `It cannot be reached: ${cause.message || code}.${todo}`, isGone: true };
}

function deepest(error: Error): Error {
  // Several addresses of a host that all fail come as one.
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? deepest(inner) : error;
}
