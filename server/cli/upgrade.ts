import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { CannotUpgrade } from '../development/upgrade/cannot-upgrade.ts';
import { type Upgraded, upgrade } from '../development/upgrade/upgrade.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function upgradeCommand(terminal: Terminal): Command {
  return new Command('upgrade')
    .description('Brings a newer baseline into a service that was made from it.')
    .argument('<commit>', 'a commit, branch or tag of the baseline that git has fetched')
    .option('--json', 'write the result as JSON')
    .action(async (target: string, { json }: { json?: true }) => {
      const result = await upgrade(root, target, terminal.err).catch((error: Error) => {
        throw error instanceof CannotUpgrade ? new CommandFailure(error.message) : error;
      });
      const isOpen = result.conflicts.length > 0;
      if (!json) report(terminal, result);
      if (isOpen) throw new CommandFailure('Some files need a decision.', result);
      if (result.unfinished)
        throw new CommandFailure('What was merged does not pass as it stands.', result);
      if (json) terminal.out(JSON.stringify({ ok: true, ...result }));
    });
}

function report(terminal: Terminal, upgraded: Upgraded): void {
  const { from, to, conflicts, mustInstall, unfinished } = upgraded;
  terminal.out(`From ${from.slice(0, 12)} to ${to.slice(0, 12)}; nothing is committed.`);
  for (const file of conflicts) terminal.out(`  decide  ${file}`);
  if (unfinished) terminal.out(unfinished);
  const rest = conflicts.length > 0 || mustInstall || unfinished;
  const next = [
    ...(conflicts.length > 0 ? ['solve what is marked in these files, and `git add` them'] : []),
    ...(unfinished ? ['mend what is said above'] : []),
    ...(mustInstall ? ['npm install'] : []),
    ...(rest ? ['npm run generate && npm run fix'] : []),
    'npm test && npm run check',
    'git add -A && git commit',
  ];
  terminal.out('Next:');
  for (const line of next) terminal.out(`  ${line}`);
}
