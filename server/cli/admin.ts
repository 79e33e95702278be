import { Command } from 'commander';
import { NewUser } from '../../contract/users.ts';
import { administratorRole } from '../features/roles/model.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { checked, given } from './given.ts';
import { givenPassword } from './password-prompt.ts';
import type { Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

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
  const reset = new Command('reset')
    .description('Sets a new password, lets the account sign in again and ends all its sessions.')
    .argument('<identifier>', 'the e-mail address or the username')
    .option('--json', 'write the result as JSON')
    .action((identifier: string, { json }: Options) => resetAccount(terminal, identifier, json));
  return new Command('admin')
    .description('Administrators of the service.')
    .addCommand(create)
    .addCommand(reset);
}

async function createAdministrator(terminal: Terminal, options: Options): Promise<void> {
  const input = checked(NewUser, {
    email: await given(terminal, options.email, 'E-mail address', '--email'),
    username: await given(terminal, options.username, 'Username', '--username'),
    ...(options.name !== undefined && { fullName: options.name }),
    password: await givenPassword(terminal),
    roles: [administratorRole],
  });
  const actor = systemActor('charter admin create');
  // Whoever may run commands vouches for the address: an account whose mailbox nobody has proven
  // belongs to whoever proves it, by a provider as well.
  const user = await withFeatures(terminal, 'admin create', ({ users, verification }) =>
    users.service.create(actor, input, (tx, made) => verification.mailboxes.markProven(tx, made)),
  );
  if (options.json) {
    const { id, email, username } = user;
    return terminal.out(JSON.stringify({ ok: true, user: { id, email, username } }));
  }
  terminal.out(`Created the administrator ${user.username} <${user.email}>.`);
}

async function resetAccount(
  terminal: Terminal,
  identifier: string,
  json: true | undefined,
): Promise<void> {
  const password = await givenPassword(terminal);
  const actor = systemActor('charter admin reset');
  const user = await withFeatures(terminal, 'admin reset', async ({ users, auth }) => {
    const { id } = await users.service.getByIdentifier(actor, identifier);
    const reset = await users.lifecycle.reset(actor, id, password);
    await auth.attempts.forget(id);
    return reset;
  });
  if (json) return terminal.out(JSON.stringify({ ok: true, user: { id: user.id } }));
  terminal.out(`${user.username} can sign in with the new password; all sessions were ended.`);
}
