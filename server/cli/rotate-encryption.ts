import { systemActor } from '../platform/auth/actor.ts';
import type { Resealed } from '../platform/secrets/resealing.ts';
import type { Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly later?: true;
  readonly json?: true;
}

/** Work for minutes says how far it is, on standard error. */
export async function rotateEncryption(
  terminal: Terminal,
  { later, json }: Options,
): Promise<void> {
  const actor = systemActor('charter keys rotate-encryption');
  const done = await withFeatures(terminal, 'keys rotate-encryption', async (_, { resealing }) => {
    if (later) return resealing.later(actor).then(() => undefined);
    const onProgress = (sofar: Resealed) => terminal.err(`${lineOf(sofar)} so far`);
    return resealing.run(actor, { onProgress });
  });
  if (json) return terminal.out(JSON.stringify({ ok: true, done: done ?? null }));
  if (!done) return terminal.out('A worker does it.');
  for (const one of done) terminal.out(lineOf(one));
  const unopened = done.reduce((sum, one) => sum + one.unopened, 0);
  if (unopened > 0) {
    terminal.out(`${unopened} need a secret that is not in SECRET_KEYS, and stay as they are.`);
  }
}

function lineOf({ table, column, resealed }: Resealed): string {
  return `${table}.${column}: ${resealed} sealed anew`;
}
