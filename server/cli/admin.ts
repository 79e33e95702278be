import { Command } from 'commander';
import type * as z from 'zod';
import { NewUser } from '../../contract/users.ts';
import type { Config } from '../config.ts';
import { administratorRole } from '../features/roles/model.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { systemClock } from '../platform/clock.ts';
import { createLog } from '../platform/observability/log.ts';
import { problem } from '../platform/problem-error.ts';
import { createServices } from '../services.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withConfig } from './workplace.ts';

interface Options {
  readonly email?: string;
  readonly username?: string;
  readonly name?: string;
  readonly json?: true;
}

export function adminCommand(terminal: Terminal): Command {
  const create = new Command('create')
    .description(
      'Creates an administrator. The password is asked for, or read from standard input.',
    )
    .option('--email <address>', 'the e-mail address')
    .option('--username <name>', 'the username')
    .option('--name <full name>', 'the full name')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => createAdministrator(terminal, options));
  return new Command('admin').description('Administrators of the service.').addCommand(create);
}

async function createAdministrator(terminal: Terminal, options: Options): Promise<void> {
  const input = readInput({
    email: await given(terminal, options.email, 'E-mail address', '--email'),
    username: await given(terminal, options.username, 'Username', '--username'),
    ...(options.name !== undefined && { fullName: options.name }),
    password: await givenPassword(terminal),
    roles: [administratorRole],
  });
  const user = await withConfig(terminal, (config) => create(config, input));
  if (options.json) {
    const { id, email, username } = user;
    return terminal.out(JSON.stringify({ ok: true, user: { id, email, username } }));
  }
  terminal.out(`Created the administrator ${user.username} <${user.email}>.`);
}

/** The contract's own rules for a new account hold here as well. */
function readInput(input: z.input<typeof NewUser>): z.output<typeof NewUser> {
  const parsed = NewUser.safeParse(input);
  if (parsed.success) return parsed.data;
  throw problem('validation_failed', {
    errors: parsed.error.issues.map(({ path, code, message }) => ({
      in: 'body',
      path: path.join('.'),
      code,
      message,
    })),
  });
}

async function create(config: Config, input: z.output<typeof NewUser>) {
  const { db, users } = createServices(config, systemClock, createLog({ level: 'silent' }));
  try {
    return await users.create(systemActor('command line'), input);
  } finally {
    await db.destroy();
  }
}

async function given(
  terminal: Terminal,
  value: string | undefined,
  question: string,
  flag: string,
): Promise<string> {
  if (value !== undefined) return value;
  if (terminal.isInteractive) return terminal.ask(question);
  throw new CommandFailure(
    `${question} is missing: add ${flag}, or run this on a terminal to be asked.`,
  );
}

/** Never a flag: other users of the machine can read the arguments of a process. */
async function givenPassword(terminal: Terminal): Promise<string> {
  if (!terminal.isInteractive) return terminal.readInput();
  const password = await terminal.askSecret('Password');
  const again = await terminal.askSecret('Password again');
  if (password !== again) throw new CommandFailure('The two passwords differ. Nothing was done.');
  return password;
}
