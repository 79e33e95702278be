import { Command } from 'commander';
import { NewServiceAccount, ServiceAccountChanges } from '../../contract/service-accounts.ts';
import type { ServiceAccount } from '../features/service-accounts/model.ts';
import { viewServiceAccount } from '../features/service-accounts/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { checked, collect, given } from './given.ts';
import { removeServiceAccountCommand } from './remove-service-account.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly json?: true;
}

export function serviceAccountCommand(terminal: Terminal): Command {
  return new Command('service-account')
    .description('Accounts of programs. Their keys: charter api-key.')
    .addCommand(listCommand(terminal))
    .addCommand(createCommand(terminal))
    .addCommand(stateCommand(terminal, 'deactivate', 'Stops all its keys at once.'))
    .addCommand(stateCommand(terminal, 'activate', 'Ends a deactivation: its keys work again.'))
    .addCommand(rolesCommand(terminal))
    .addCommand(removeServiceAccountCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists service accounts by name.')
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: Options) => {
      const all = await withFeatures(terminal, 'service-account list', everyAccount);
      const views = all.map(viewServiceAccount);
      if (json) return terminal.out(JSON.stringify({ ok: true, serviceAccounts: views }));
      if (all.length === 0) return terminal.out('There are none.');
      for (const account of all) terminal.out(line(account));
    });
}

async function everyAccount({ serviceAccounts }: Features): Promise<ServiceAccount[]> {
  const actor = systemActor('charter service-account list');
  const found: ServiceAccount[] = [];
  let cursor: string | undefined;
  do {
    const page = await serviceAccounts.service.list(actor, { cursor, limit: 200 });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

function createCommand(terminal: Terminal): Command {
  return new Command('create')
    .description('Creates an account for a program.')
    .argument('[name]', 'its name, as nightly-report')
    .option('--description <text>', 'what it is for')
    .option('--role <name>', 'a role; once for each', collect)
    .option('--json', 'write the result as JSON')
    .action(async (name: string | undefined, options: Options & Wanted) => {
      const { json, description, role: roles } = options;
      const input = checked(NewServiceAccount, {
        name: await given(terminal, name, 'Its name', 'a name'),
        ...(description !== undefined && { description }),
        ...(roles && { roles }),
      });
      const actor = systemActor('charter service-account create');
      const account = await withFeatures(terminal, 'service-account create', (features) =>
        features.serviceAccounts.service.create(actor, input),
      );
      report(terminal, account, json);
    });
}

interface Wanted {
  readonly description?: string;
  readonly role?: string[];
}

function stateCommand(
  terminal: Terminal,
  verb: 'activate' | 'deactivate',
  description: string,
): Command {
  return new Command(verb)
    .description(description)
    .argument('<name>', 'the name of the service account')
    .option('--json', 'write the result as JSON')
    .action(async (name: string, { json }: Options) => {
      const changes = { isActive: verb === 'activate' };
      report(terminal, await change(terminal, verb, name, changes), json);
    });
}

function rolesCommand(terminal: Terminal): Command {
  return new Command('roles')
    .description('Replaces its roles.')
    .argument('<name>', 'the name of the service account')
    .argument('[roles...]', 'names of roles')
    .option('--none', 'takes all')
    .option('--json', 'write the result as JSON')
    .action(async (name: string, roles: string[], options: Options & { none?: true }) => {
      if ((roles.length === 0) === (options.none === undefined)) {
        throw new CommandFailure('Name the roles that it shall have, or say --none.');
      }
      const changes = checked(ServiceAccountChanges, { roles });
      report(terminal, await change(terminal, 'roles', name, changes), options.json);
    });
}

function change(
  terminal: Terminal,
  verb: string,
  name: string,
  changes: ServiceAccountChanges,
): Promise<ServiceAccount> {
  const actor = systemActor(`charter service-account ${verb}`);
  return withFeatures(
    terminal,
    `service-account ${verb}`,
    async ({ serviceAccounts: { service } }) => {
      const { id } = await service.getByName(actor, name);
      return service.update(actor, id, changes);
    },
  );
}

function report(terminal: Terminal, account: ServiceAccount, json: true | undefined): void {
  const serviceAccount = viewServiceAccount(account);
  terminal.out(json ? JSON.stringify({ ok: true, serviceAccount }) : line(account));
}

function line(account: ServiceAccount): string {
  const { name, isActive, roles } = viewServiceAccount(account);
  return `${name.padEnd(32)} ${isActive ? 'active     ' : 'deactivated'} ${roles.join(', ')}`.trimEnd();
}
