import { readFileSync } from 'node:fs';
import { environment } from '../config/environment.ts';
import { CommandFailure } from './terminal.ts';

export interface SmokeCredentials {
  readonly identifier: string;
  readonly password: string;
}

/** From the environment or a file: other users of the machine can read the arguments of a process. */
export function smokeCredentials(file: string | undefined): SmokeCredentials | undefined {
  if (file !== undefined) return inFile(file);
  const { SMOKE_IDENTIFIER: identifier, SMOKE_PASSWORD: password } = environment();
  if (!identifier && !password) return undefined;
  if (identifier && password) return { identifier, password };
  throw new CommandFailure('SMOKE_IDENTIFIER and SMOKE_PASSWORD go together: set both, or none.');
}

/** Two lines, as whoever writes files for secrets can make them: who, and the password. */
function inFile(file: string): SmokeCredentials {
  const [identifier, password, ...more] = readText(file)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  if (identifier && password && more.length === 0) return { identifier, password };
  throw new CommandFailure(
    `${file} does not hold credentials: the first line is the e-mail address or the username, the second one the password.`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
