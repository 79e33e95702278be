import { systemActor } from '../platform/auth/actor.ts';
import type { Resealed } from '../platform/secrets/resealing.ts';
import type { Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly later?: true;
  readonly json?: true;
}

export async function rotateEncryption(
  terminal: Terminal,
  { later, json }: Options,
): Promise<void> {
  const actor = systemActor('charter keys rotate-encryption');
  const bar = terminal.progress('sealed anew');
  const done = await withFeatures(terminal, 'keys rotate-encryption', async (_, { resealing }) => {
    if (later) return resealing.later(actor).then(() => undefined);
    const onProgress = ({ table, column, resealed }: Resealed) =>
      bar.at(resealed, `${table}.${column}`);
    return resealing.run(actor, { onProgress });
  }).finally(() => bar.end());
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
