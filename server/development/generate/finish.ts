import { format, regenerate } from '../run-script.ts';
import type { Draft } from './draft.ts';

/** Writes a draft, formats it, and lets the client and the document follow. */
export async function finish(root: string, draft: Draft, say: (line: string) => void) {
  await draft.write();
  say('Formatting …');
  await format(root, [...draft.created, ...draft.edited]);
  say('Writing the client and the document …');
  await regenerate(root);
}
