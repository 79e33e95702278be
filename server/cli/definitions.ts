import type { Command, Option } from 'commander';

/** A command that does something, with the words that lead to it: `jobs list`. */
export interface Leaf {
  readonly path: string;
  readonly command: Command;
}

export function leavesOf(command: Command, above: readonly string[] = []): Leaf[] {
  return command.commands.flatMap((child) => {
    const words = [...above, child.name()];
    if (child.commands.length > 0) return leavesOf(child, words);
    return [{ path: words.join(' '), command: child }];
  });
}

/** All commands, groups of them first; the program itself is ''. */
export function nodesOf(command: Command, above: readonly string[] = []): Leaf[] {
  const below = command.commands.flatMap((child) => nodesOf(child, [...above, child.name()]));
  return [{ path: above.join(' '), command }, ...below];
}

export function takesFile({ flags }: Option): boolean {
  return flags.includes('<file>');
}
