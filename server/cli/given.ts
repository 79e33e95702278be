import type * as z from 'zod';
import { type Issue, invalidInput } from '../operations/invalid-input.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

/** What a flag says, or what a person answers who is asked in its place. */
export async function given(
  terminal: Terminal,
  value: string | undefined,
  question: string,
  flag: string,
): Promise<string> {
  if (value !== undefined) return value;
  if (terminal.isInteractive) return terminal.ask(question);
  throw new CommandFailure(
    `${question} is missing: add ${flag}, or run this on a terminal to be asked.`,
  );
}

/** The contract's own rules hold for commands as well. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues as readonly Issue[];
  throw invalidInput({ body: { issues, schema, value: input } });
}

/** The number that a flag was given, where it was. */
export function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CommandFailure(`${flag} takes a whole number.`);
}

/** A flag that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
