import { CommandFailure, type Terminal } from './terminal.ts';

/** Never a flag: other users of the machine can read the arguments of a process. */
export async function givenPassword(terminal: Terminal): Promise<string> {
  if (!terminal.isInteractive) return terminal.readInput();
  const password = await terminal.askSecret('Password');
  const again = await terminal.askSecret('Password again');
  if (password !== again) throw new CommandFailure('The two passwords differ. Nothing was done.');
  return password;
}
