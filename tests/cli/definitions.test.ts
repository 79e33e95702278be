import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { beforeEach, describe, expect, it } from 'vitest';
import { placesOf } from '../../server/cli/completion-places.ts';
import { leavesOf, nodesOf } from '../../server/cli/definitions.ts';
import { told } from '../../server/cli/examples.ts';
import { exitCodes } from '../../server/cli/exit-codes.ts';
import { pagesFolder, pagesOf } from '../../server/cli/pages.ts';
import { createProgram } from '../../server/cli/program.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { silentTerminal } from '../kit/silent-terminal.ts';

const program = createProgram(silentTerminal);
const leaves = leavesOf(program);
const paths = leaves.map(({ path }) => path);
const root = new URL('../../', import.meta.url);

/** The same commands, none of which does anything. */
function idleProgram(): { program: Command; done: string[] } {
  const idle = createProgram(silentTerminal);
  const done: string[] = [];
  for (const { path, command } of leavesOf(idle)) command.action(() => void done.push(path));
  return { program: idle, done };
}

/** As a shell splits them; what goes to standard input is the shell's. */
const wordsOf = (line: string) => line.replace(/ < .*$/, '').split(' ');

describe('every command', () => {
  it.each(nodesOf(program).map(({ path, command }) => [path, command] as const))(
    '%j says what it does, and what each argument and option is',
    (path, command) => {
      expect(command.description()).toMatch(/\S{3,}.*[.:]$|^Runs/);
      const inputs = [...command.registeredArguments, ...command.options];
      expect(inputs.filter(({ description }) => !description)).toEqual([]);
      // Whoever can look may pass it on: secrets are asked for.
      const flags = command.options.map(({ flags }) => flags).join(' ');
      expect(flags, path).not.toMatch(/password|secret|token/i);
    },
  );

  it('has --json', () => {
    const without = leaves.filter(({ command }) => {
      return !command.options.some(({ long }) => long === '--json');
    });
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it.each(paths)('%s answers wrong usage as one JSON document', async (path) => {
    const { code, out } = await charter([...path.split(' '), '--no-such-flag', '--json']);
    expect(code).toBe(exitCodes.usage.code);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'usage' });
  });

  it('has examples that it understands, and help that shows them', async () => {
    expect(Object.keys(told).toSorted()).toEqual(paths.toSorted());
    for (const { path, command } of leaves) {
      const examples = told[path]?.examples ?? [];
      expect(examples, path).not.toEqual([]);
      for (const line of examples) {
        const { program: idle, done } = idleProgram();
        await idle.parseAsync(wordsOf(line), { from: 'user' });
        expect(done, line).toEqual([path]);
      }
      const { out } = await charter([...path.split(' '), '--help']);
      expect(out).toContain(examples[0]);
      expect(out).toContain(command.description().split(' ')[0]);
    }
  });
});

describe('what works on the database', () => {
  beforeEach(() => useDatabase('postgres://charter:hunter2@127.0.0.1:1/charter'));

  // Others, such as what writes files, are not run here by their examples.
  const groups = ['admin', 'api-key', 'audit', 'doctor', 'jobs', 'keys', 'role'];
  const more = ['restored', 'seed', 'service-account', 'user', 'webhooks'];
  const migrate = ['migrate up', 'migrate status', 'migrate down'];
  const known = paths.filter((path) => {
    return [...groups, ...more].includes(path.split(' ')[0] ?? '') || migrate.includes(path);
  });

  it.each(known)('%s answers what went wrong as one JSON document', async (path) => {
    const words = wordsOf(told[path]?.examples.at(-1) ?? '').filter((word) => word !== '--json');
    const input = 'correct horse battery staple';
    const { code, out } = await charter([...words, '--json'], { input });
    expect(code).toBe(exitCodes.failed.code);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'failed' });
    expect(out).not.toContain('hunter2');
  });
});

describe('the pages', () => {
  it('are those of the definitions: npm run generate', () => {
    const pages = pagesOf(program);
    const folder = new URL(`${pagesFolder}/`, root);
    const written = readdirSync(folder).map((name) => {
      return [name, readFileSync(new URL(name, folder), 'utf8')] as const;
    });
    expect(new Map(written)).toEqual(pages);
  });

  it('show each exit code', () => {
    const page = pagesOf(program).get('README.md') ?? '';
    for (const { code, means } of Object.values(exitCodes)) {
      expect(page).toContain(`| ${code} | ${means} |`);
    }
    expect(Object.values(exitCodes).map(({ code }) => code)).toEqual([0, 1, 2, 3]);
  });
});

describe('completion', () => {
  it('knows every place of a line, and what stands behind a flag', () => {
    const places = new Map(placesOf(program).map((place) => [place.at, place]));
    expect(places.size).toBe(nodesOf(program).length);
    expect(places.get('')?.words.map(({ text }) => text)).toEqual(
      program.commands.map((command) => command.name()),
    );
    const flags = places.get(' audit export')?.flags ?? [];
    expect(flags).toContainEqual({ text: '--output', means: expect.anything(), takes: 'file' });
    expect(flags.at(-1)).toMatchObject({ text: '--help', takes: undefined });
    const states = places.get(' jobs list')?.flags.find(({ text }) => text === '--state');
    expect(states?.takes).toContain('dead');
  });

  it('writes a script for each shell, as JSON too, and for no other', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { code, out } = await charter(['completion', shell]);
      expect(code).toBe(0);
      for (const path of paths) expect(out).toContain(`' ${path}'`);
      const answer = JSON.parse((await charter(['completion', shell, '--json'])).out);
      expect(answer).toEqual({ ok: true, shell, script: `${out}\n` });
    }
    expect(await charter(['completion', 'powershell'])).toMatchObject({ code: 2 });
  });
});
