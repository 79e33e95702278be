import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { compare } from './contract/compare.ts';
import { markdownOf } from './contract/markdown.ts';
import { notesCommand } from './contract/notes.ts';
import { releaseCommand } from './contract/release-command.ts';
import { objection, tell } from './contract/tell.ts';
import { type FailOn, failures } from './contract/verdict.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

const ourRoot = fileURLToPath(new URL('../../', import.meta.url));

export function contractCommand(terminal: Terminal, root = ourRoot): Command {
  return new Command('contract')
    .description('Compares contracts, and releases ours. Needs no environment and no database.')
    .addCommand(diffCommand(terminal, root))
    .addCommand(releaseCommand(terminal, root))
    .addCommand(notesCommand(terminal, root));
}

interface Options {
  readonly all?: true;
  readonly failOn: FailOn;
  readonly markdown?: true;
  readonly json?: true;
}

const aSide = 'a file (OpenAPI 3.0 or 3.1 in JSON or YAML, or GraphQL SDL) or a commit of git';

function diffCommand(terminal: Terminal, root: string): Command {
  return new Command('diff')
    .description('Says what changed between two contracts, whom it hurts and what to do instead.')
    .argument('[base]', `${aSide}; what was released last when left out`)
    .argument('[head]', `${aSide}; the contract as it stands when left out`)
    .option('--all', 'show what is safe, too')
    .addOption(
      new Option('--fail-on <severity>', 'what has to be acknowledged')
        .choices(failures)
        .default('breaking'),
    )
    .option('--markdown', 'write it for a comment on a pull request')
    .option('--json', 'write it as JSON')
    .action(async (base: string | undefined, head: string | undefined, options: Options) => {
      const { failOn, markdown, json } = options;
      const verdict = await compare(root, base, head);
      if (verdict === undefined) return nothingReleased(terminal, options);
      const today = new Date().toISOString().slice(0, 10);
      const isOurs = head === undefined;
      const failure = failOn === 'nothing' ? undefined : objection(verdict, failOn, today, isOurs);
      if (markdown) terminal.out(markdownOf(verdict));
      else if (!json) tell(terminal, verdict, options.all === true);
      if (failure !== undefined) throw new CommandFailure(failure, verdict);
      if (json && !markdown) terminal.out(JSON.stringify({ ok: true, ...verdict }));
    });
}

function nothingReleased(terminal: Terminal, { json, markdown }: Options): void {
  const message = 'Nothing has been released yet, so nothing can break: see `contract release`.';
  if (json && !markdown)
    terminal.out(JSON.stringify({ ok: true, changes: [], stale: [], message }));
  else terminal.out(message);
}
