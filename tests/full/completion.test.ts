import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodesOf } from '../../server/cli/definitions.ts';
import { createProgram } from '../../server/cli/program.ts';
import { charter } from '../kit/command.ts';
import { silentTerminal } from '../kit/silent-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'charter-completion-'));
const scriptOf = (shell: string) => join(folder, `charter.${shell}`);
const program = createProgram(silentTerminal);
const groups = nodesOf(program).filter(({ command }) => command.commands.length > 0);

/** Lines, and what a shell offers for the last word of each. */
const offers: readonly (readonly [string, readonly string[]])[] = [
  ...groups.map(({ path, command }) => {
    const line = ['charter', path, ''].filter((word, at) => word !== '' || at === 2).join(' ');
    return [line, command.commands.map((child) => child.name())] as const;
  }),
  ['charter migr', ['migrate']],
  ['charter jobs list --state d', ['done', 'dead']],
  ['charter jobs list --limit ', []],
  ['charter jobs list --l', ['--limit']],
  ['charter completion ', ['bash', 'zsh', 'fish']],
  [`charter audit export --output ${folder}/charter.b`, [`${folder}/charter.bash`]],
];

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(scriptOf(shell), `${(await charter(['completion', shell])).out}\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const isThere = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;
const sorted = (words: readonly string[]) => words.toSorted();

async function linesOf(shell: string, args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await promisify(execFile)(shell, args, { cwd: folder });
  expect(stderr).toBe('');
  return stdout.split('\n').slice(0, -1);
}

describe('bash', () => {
  it('offers what may follow', async () => {
    // As the script says of itself.
    const [advice = ''] = /eval .*/.exec(readFileSync(scriptOf('bash'), 'utf8')) ?? [];
    const ask = `charter() { cat "$0"; }
      ${advice}
      for line in "$@"; do
        read -ra COMP_WORDS <<< "$line"
        [[ $line == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
        _charter
        printf '%s\\n' "\${COMPREPLY[*]}"
      done
      complete -p charter`;
    const lines = offers.map(([line]) => line);
    const args = ['--norc', '-c', ask, scriptOf('bash'), ...lines];
    const answers = await linesOf('bash', args);
    expect(answers.pop()).toBe('complete -F _charter charter');
    const offered = answers.map((words, at) => {
      return [lines[at], sorted(words.split(' ').filter(Boolean))];
    });
    expect(offered).toEqual(offers.map(([line, words]) => [line, sorted(words)]));
  });
});

describe.skipIf(!isThere('fish'))('fish', () => {
  it('offers what may follow', async () => {
    const ask = `source $argv[1]
      for line in $argv[2..-1]
        echo (complete -C "$line" | string replace -r '\\t.*' '' | string join ' ')
      end`;
    const lines = offers.map(([line]) => line);
    const answers = await linesOf('fish', ['--no-config', '-c', ask, scriptOf('fish'), ...lines]);
    const offered = answers.map((words, at) => {
      return [lines[at], sorted(words.split(' ').filter(Boolean))];
    });
    expect(offered).toEqual(offers.map(([line, words]) => [line, sorted(words)]));
  });
});

describe.skipIf(!isThere('zsh'))('zsh', () => {
  // A zsh for each: some, of every kind.
  const some = offers.filter(([line]) => !/^charter [a-z-]+ $/.test(line) || / jobs $/.test(line));
  const kit = fileURLToPath(new URL('../kit/zsh-offers.zsh', import.meta.url));

  it('offers what may follow', async () => {
    const asked = some.map(async ([line]) => {
      const words = await linesOf('zsh', ['-f', kit, scriptOf('zsh'), line]);
      return [line, sorted(words)] as const;
    });
    // Of a file, zsh is handed the last part of its name.
    const wanted = some.map(([line, words]) => {
      return [line, sorted(words.map((word) => word.replace(`${folder}/`, '')))];
    });
    expect(await Promise.all(asked)).toEqual(wanted);
  });
});
