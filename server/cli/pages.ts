import type { Command, Option } from 'commander';
import { leavesOf } from './definitions.ts';
import { howToRun, type Told, told } from './examples.ts';
import { exitCodes } from './exit-codes.ts';

/** What is written where: a page for each command, and the list of them. */
export const pagesFolder = 'docs/cli';

const notice = '<!-- Generated from the definitions by `npm run generate`. Do not edit. -->\n\n';

/** File name → text. */
export function pagesOf(program: Command): ReadonlyMap<string, string> {
  const pages = program.commands.map((command) => {
    return [`${command.name()}.md`, `${notice}${pageOf(program, command)}`] as const;
  });
  return new Map([['README.md', `${notice}${indexOf(program)}`], ...pages]);
}

function indexOf(program: Command): string {
  const rows = leavesOf(program).map(({ path, command }) => {
    const [page = ''] = path.split(' ');
    return `| [\`${path}\`](${page}.md#${anchor(program, path)}) | ${cell(command.description())} |`;
  });
  return `# The command line

On a checkout, \`${howToRun} <command>\`; the environment is that of the service, and \`.env\` is read. In an image, or
wherever npm is not wanted between, \`node server/cli/main.ts <command>\`.

| command | what it does |
| --- | --- |
${rows.join('\n')}

Every command takes \`--help\`, and \`--json\`: one document on standard output then, \`{"ok":true, …}\` or
\`{"ok":false,"error":"failed","message":"…"}\` (\`usage\` for wrong usage, \`unreadable\`, or the code of a problem). How far long work is
shows on standard error: a bar on a terminal, a line every ten seconds elsewhere. On a terminal, commands ask for what was
not said; elsewhere they fail and name the flag. A secret is never a flag: it is asked for, or read from standard input, a
file or the environment. With \`NO_COLOR\` set, nothing is coloured.

## Exit codes

| code | means |
| --- | --- |
${Object.values(exitCodes)
  .map(({ code, means }) => `| ${code} | ${means} |`)
  .join('\n')}

## Completion

\`completion bash\`, \`zsh\` and \`fish\` write what lets a shell complete commands and flags of \`${program.name()}\`. That is what you
make of it, such as a function in \`~/.bashrc\`:

\`\`\`sh
${program.name()}() { npm --prefix ~/src/${program.name()} run -s ${program.name()} -- "$@"; }
eval "$(${program.name()} completion bash)"
\`\`\`

A file that is named relatively is one of the folder in which you are.

It is made of the commands of that release: load it anew after an upgrade.
`;
}

function pageOf(program: Command, command: Command): string {
  const leaves = leavesOf(program).filter(({ path }) => path.split(' ')[0] === command.name());
  const isGroup = command.commands.length > 0;
  const head = `# ${program.name()} ${command.name()}\n\n`;
  const intro = isGroup ? `${command.description()}\n\n` : '';
  const sections = leaves.map(({ path, command: leaf }) => {
    const title = isGroup ? `## ${program.name()} ${path}\n\n` : '';
    return `${title}${sectionOf(path, leaf)}`;
  });
  return `${head}${intro}${sections.join('\n')}`;
}

function sectionOf(path: string, command: Command): string {
  const { examples, failsWhen, unreadableWhen }: Told = told[path] ?? { examples: [] };
  const inputs = [
    ...command.registeredArguments.map(argumentRow),
    ...command.options.map(optionRow),
  ];
  const lines = examples.map((line) => `${howToRun} ${line}`);
  const fails = failsWhen === undefined ? '' : ` 1 also where ${failsWhen}.`;
  const [more, unreadable] = unreadableWhen ? [', 3', ` 3 where ${unreadableWhen}.`] : ['', ''];
  return `${command.description()}

\`\`\`sh
${lines.join('\n')}
\`\`\`

| argument or option | what it is |
| --- | --- |
${inputs.join('\n')}

[Exit codes](README.md#exit-codes): 0, 1, 2${more}.${fails}${unreadable}
`;
}

type Argument = Command['registeredArguments'][number];

function argumentRow(argument: Argument): string {
  const { required, variadic, description, argChoices } = argument;
  const name = `${argument.name()}${variadic ? '...' : ''}`;
  return rowOf(required ? `<${name}>` : `[${name}]`, description, argChoices);
}

function optionRow({ flags, description, argChoices, defaultValue, mandatory }: Option): string {
  const more = mandatory ? '; must be given' : '';
  const usual = defaultValue === undefined ? '' : `; ${String(defaultValue)} when left out`;
  return rowOf(flags, `${description}${more}${usual}`, argChoices);
}

function rowOf(name: string, description: string, choices: readonly string[] | undefined): string {
  return `| \`${name}\` | ${cell(description)}${choices ? `: ${choices.join(', ')}` : ''} |`;
}

function anchor(program: Command, path: string): string {
  return `${program.name()} ${path}`.replaceAll(' ', '-');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '\\<');
