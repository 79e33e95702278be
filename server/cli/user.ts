import { Command } from 'commander';
import type { User } from '../features/users/model.ts';
import { viewFull } from '../features/users/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import type { Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly json?: true;
}

export function userCommand(terminal: Terminal): Command {
  return new Command('user')
    .description('Accounts of the service.')
    .addCommand(listCommand(terminal))
    .addCommand(
      stateCommand(terminal, 'deactivate', 'Lets the account act no more; ends its sessions.'),
    )
    .addCommand(stateCommand(terminal, 'activate', 'Ends a deactivation.'))
    .addCommand(resetLinkCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists accounts by username.')
    .option('--search <text>', 'part of the username, the full name or the e-mail')
    .option('--json', 'write the result as JSON')
    .action(async ({ search, json }: Options & { search?: string }) => {
      const users = await withFeatures(terminal, 'user list', (features) =>
        everyUser(features, search),
      );
      if (json) return terminal.out(JSON.stringify({ ok: true, users: users.map(viewFull) }));
      for (const user of users) terminal.out(line(user));
    });
}

/** All pages: a list on a terminal is piped on, not paged through. */
async function everyUser({ users }: Features, search: string | undefined): Promise<User[]> {
  const actor = systemActor('charter user list');
  const found: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await users.service.list(actor, { search, cursor, limit: 200 });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

function stateCommand(
  terminal: Terminal,
  verb: 'activate' | 'deactivate',
  description: string,
): Command {
  return new Command(verb)
    .description(description)
    .argument('<identifier>', 'the e-mail address or the username')
    .option('--json', 'write the result as JSON')
    .action(async (identifier: string, { json }: Options) => {
      const actor = systemActor(`charter user ${verb}`);
      const user = await withFeatures(terminal, `user ${verb}`, async ({ users }) => {
        const { id } = await users.service.getByIdentifier(actor, identifier);
        return users.lifecycle[verb](actor, id);
      });
      if (json) return terminal.out(JSON.stringify({ ok: true, user: viewFull(user) }));
      terminal.out(line(user));
    });
}

function resetLinkCommand(terminal: Terminal): Command {
  return new Command('reset-link')
    .description('Sends the account a link to set a new password.')
    .argument('<identifier>', 'the e-mail address or the username')
    .option('--json', 'write the result as JSON')
    .action(async (identifier: string, { json }: Options) => {
      const actor = systemActor('charter user reset-link');
      const { email } = await withFeatures(
        terminal,
        'user reset-link',
        async ({ users, passwordReset }) => {
          const { id } = await users.service.getByIdentifier(actor, identifier);
          return passwordReset.service.sendFor(actor, id);
        },
      );
      terminal.out(
        json ? JSON.stringify({ ok: true, email }) : `A link is on its way to ${email}.`,
      );
    });
}

function line(user: User): string {
  const { username, email, isActive, roles } = viewFull(user);
  return `${username.padEnd(24)} ${email.padEnd(32)} ${isActive ? 'active     ' : 'deactivated'} ${roles.join(', ')}`;
}
