import { Command } from 'commander';
import { viewRole } from '../features/roles/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { assertPermission } from './permission.ts';
import type { Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly json?: true;
}

export function roleCommand(terminal: Terminal): Command {
  return new Command('role')
    .description('Roles: what they grant, and who has them.')
    .addCommand(listCommand(terminal))
    .addCommand(grantCommand(terminal, 'grant', 'Lets a role grant a permission.'))
    .addCommand(grantCommand(terminal, 'revoke', 'Stops a role from granting a permission.'))
    .addCommand(memberCommand(terminal, 'assign', 'Gives a role to an account.'))
    .addCommand(memberCommand(terminal, 'take', 'Takes a role from an account.'));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists the roles with what they grant.')
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: Options) => {
      const actor = systemActor('charter role list');
      const page = await withFeatures(terminal, 'role list', ({ roles }) =>
        roles.service.list(actor, { limit: 200 }),
      );
      const views = page.items.map(viewRole);
      if (json) return terminal.out(JSON.stringify({ ok: true, roles: views }));
      for (const { name, permissions } of views) {
        terminal.out(`${name.padEnd(24)} ${permissions.join(', ')}`);
      }
    });
}

function grantCommand(terminal: Terminal, verb: 'grant' | 'revoke', description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<role>', 'the name of the role')
    .argument('<permission>', 'the permission')
    .option('--json', 'write the result as JSON')
    .action(async (roleName: string, permission: string, { json }: Options) => {
      assertPermission(permission);
      const actor = systemActor(`charter role ${verb}`);
      const role = await withFeatures(
        terminal,
        `role ${verb}`,
        async ({ roles: { service: roles } }) => {
          const { id } = await roles.getByName(actor, roleName);
          return roles[verb](actor, id, permission);
        },
      );
      const { name, permissions } = viewRole(role);
      if (json) return terminal.out(JSON.stringify({ ok: true, role: { name, permissions } }));
      terminal.out(`${name} grants ${permissions.join(', ') || 'nothing'}.`);
    });
}

function memberCommand(terminal: Terminal, verb: 'assign' | 'take', description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<role>', 'the name of the role')
    .argument('<identifier>', 'the e-mail address or the username')
    .option('--json', 'write the result as JSON')
    .action(async (roleName: string, identifier: string, { json }: Options) => {
      await withFeatures(terminal, `role ${verb}`, (features) =>
        changeMember(features, verb, roleName, identifier),
      );
      if (json) return terminal.out(JSON.stringify({ ok: true }));
      terminal.out(
        verb === 'assign' ? 'The account has the role.' : 'The account has the role no more.',
      );
    });
}

async function changeMember(
  { users, roles }: Features,
  verb: 'assign' | 'take',
  roleName: string,
  identifier: string,
): Promise<void> {
  const actor = systemActor(`charter role ${verb}`);
  const role = await roles.service.getByName(actor, roleName);
  const user = await users.service.getByIdentifier(actor, identifier);
  await users.membership[verb](actor, user.id, role.id);
}
