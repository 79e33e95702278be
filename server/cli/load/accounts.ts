import { readFile } from 'node:fs/promises';
import { environment } from '../../config/environment.ts';
import { CommandFailure } from '../terminal.ts';

export interface Account {
  readonly identifier: string;
  readonly password: string;
}

/** From the environment or a file: other users of the machine can read the arguments of a process. */
export async function loadAccounts(file: string | undefined): Promise<Account[]> {
  if (file !== undefined) return accountsIn(await textOf(file), file);
  const { LOAD_ACCOUNTS: text } = environment();
  if (text) return accountsIn(text, 'LOAD_ACCOUNTS');
  throw new CommandFailure(
    'Nobody was named who could sign in: give --accounts <file>, or set LOAD_ACCOUNTS, with an account per line: its e-mail address or username, a space, its password.',
  );
}

function accountsIn(text: string, place: string): Account[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const accounts = lines.map((line) => {
    const [, identifier = '', password = ''] = /^(\S+)[ \t](.+)$/.exec(line) ?? [];
    return { identifier, password };
  });
  const wrong = accounts.findIndex((account) => account.password === '' || !numbered(account)[0]);
  if (accounts.length > 0 && wrong < 0) return accounts.flatMap(numbered);
  // The line itself may be a password.
  const where = accounts.length === 0 ? 'It is empty.' : `Line ${wrong + 1} is not like that.`;
  throw new CommandFailure(
    `${place} holds an account per line: its e-mail address or username, a space, its password. ${where}`,
  );
}

/** `demo-{0001..0200}` stands for two hundred accounts, as `charter seed --demo 200` names them. */
function numbered({ identifier, password }: Account): Account[] {
  const [range, first = '', last = ''] = /\{(\d{1,6})\.\.(\d{1,6})\}/.exec(identifier) ?? [];
  if (range === undefined) return [{ identifier, password }];
  const count = Math.max(0, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, index) => {
    const number = String(Number(first) + index).padStart(first.length, '0');
    return { identifier: identifier.replace(range, number), password };
  });
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${file} cannot be read (${error.code}).`);
  });
}
