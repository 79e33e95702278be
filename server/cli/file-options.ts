import { resolve } from 'node:path';
import type { Command } from 'commander';
import { calledFrom } from '../config/environment.ts';
import { takesFile } from './definitions.ts';

/** A file is where its name leads for whoever wrote it, and not from where npm runs us. */
export function resolveFiles(command: Command): void {
  for (const option of command.options.filter(takesFile)) {
    const name = option.attributeName();
    const file: unknown = command.getOptionValue(name);
    if (typeof file !== 'string') continue;
    command.setOptionValueWithSource(name, resolve(calledFrom(), file), 'cli');
  }
}
