import { Argument, Command } from 'commander';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import { placesOf } from './completion-places.ts';
import { zshScript } from './completion-zsh.ts';
import type { Terminal } from './terminal.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

type Shell = keyof typeof scripts;

/** What completes is written out: a shell asks no command for it, and waits for none. */
export function completionCommand(terminal: Terminal): Command {
  return new Command('completion')
    .description('Writes what lets a shell complete commands and flags.')
    .addArgument(new Argument('<shell>', 'which').choices(Object.keys(scripts)))
    .option('--json', 'write the script as JSON')
    .action((shell: Shell, { json }: { json?: true }, command: Command) => {
      const program = command.parent ?? command;
      const script = scripts[shell](program.name(), placesOf(program));
      terminal.out(json ? JSON.stringify({ ok: true, shell, script }) : script.trimEnd());
    });
}
