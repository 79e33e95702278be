import { readKey, readKeyId } from '../features/api-keys/key-text.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

/** Never a whole key: other users of the machine can read the arguments of a process. */
export function assertId(given: string): string {
  const id = readKeyId(given);
  if (id !== undefined) return id;
  const inKey = readKey(given);
  throw new CommandFailure(
    inKey === undefined
      ? 'The id of a key is a UUID, or the 32 digits of it that stand in the key.'
      : `That is a key, which is never an argument: others can read it there. Its id is ${inKey}.`,
  );
}

/** The id of a key that somebody found. */
export async function askedId(terminal: Terminal): Promise<string> {
  const asked = terminal.isInteractive
    ? await terminal.askSecret('The key, or its id')
    : await terminal.readInput();
  const text = asked.trim();
  const id = readKey(text) ?? readKeyId(text);
  if (id === undefined) throw new CommandFailure('That is no key, and no id of one.');
  return id;
}
