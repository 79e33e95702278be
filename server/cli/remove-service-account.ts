import { Command } from 'commander';
import { systemActor } from '../platform/auth/actor.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly yes?: true;
  readonly json?: true;
}

export function removeServiceAccountCommand(terminal: Terminal): Command {
  return new Command('remove')
    .description('Removes it for good, with its keys. The audit keeps its id.')
    .argument('<name>', 'the name of the service account')
    .option('--yes', 'do not ask')
    .option('--json', 'write the result as JSON')
    .action(async (name: string, { yes, json }: Options) => {
      if (!yes) await assertMeant(terminal, name);
      const actor = systemActor('charter service-account remove');
      const { id } = await withFeatures(
        terminal,
        'service-account remove',
        async ({ serviceAccounts: { service } }) => {
          const account = await service.getByName(actor, name);
          await service.remove(actor, account.id);
          return account;
        },
      );
      if (json) return terminal.out(JSON.stringify({ ok: true, serviceAccount: { id } }));
      terminal.out(`${name} is gone, with its keys.`);
    });
}

async function assertMeant(terminal: Terminal, name: string): Promise<void> {
  if (!terminal.isInteractive) {
    throw new CommandFailure('It cannot be brought back: add --yes, or run this on a terminal.');
  }
  const again = await terminal.ask(`${name} goes for good, with its keys. Its name again`);
  if (again !== name) throw new CommandFailure('That is another name. Nothing was done.');
}
