import type { Command, Option } from 'commander';
import { nodesOf, takesFile } from './definitions.ts';

/** Something that may be typed, and what it means. */
export interface Word {
  readonly text: string;
  readonly means: string;
}

export interface Flag extends Word {
  /** What stands behind it: one of these, a file, or anything; undefined: nothing. */
  readonly takes: readonly string[] | 'file' | 'text' | undefined;
}

/** Where somebody may be in a line, and what can follow there. */
export interface Place {
  /** The commands before, each with a space in front: ' jobs list'. */
  readonly at: string;
  readonly words: readonly Word[];
  readonly flags: readonly Flag[];
}

export function placesOf(program: Command): Place[] {
  return nodesOf(program).map(({ path, command }) => ({
    at: path === '' ? '' : ` ${path}`,
    words: [
      ...command.commands.map((child) => ({ text: child.name(), means: short(child) })),
      ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
        argChoices.map((text) => ({ text, means: description })),
      ),
    ],
    flags: [
      ...command.options.map((option) => ({
        text: option.long ?? option.flags,
        means: option.description,
        takes: takenBy(option),
      })),
      { text: '--help', means: 'show how it is used', takes: undefined },
    ],
  }));
}

/** The first sentence: a list of them is read at a glance. */
function short(command: Command): string {
  return command
    .description()
    .replace(/[.:] .*$/s, '')
    .replace(/\.$/, '');
}

function takenBy(option: Option): Flag['takes'] {
  const { required, optional, argChoices } = option;
  if (!required && !optional) return undefined;
  if (argChoices) return argChoices;
  return takesFile(option) ? 'file' : 'text';
}

/** A name that shells take for a function. */
export const functionName = (name: string) => `_${name.replace(/\W/g, '_')}`;

/** In single quotes, as bash and zsh read them. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
