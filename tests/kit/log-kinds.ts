import { readRepository } from './observability-files.ts';

/** A kind of line that docs/operations.md lists. */
export interface LogKind {
  readonly words: string;
  readonly level: string;
  readonly fields: readonly string[];
}

/** Every kind of line that docs/operations.md lists, in its order. */
export function kindsInDocs(): LogKind[] {
  const sections = readRepository('docs/operations.md').split(/^### /m);
  const section = sections.find((part) => part.startsWith('Every line')) ?? '';
  const rows = section.matchAll(/^\| `([^`]+)` \| (info|warn|error) \| ([^|]*) \|/gm);
  return Array.from(rows, ([, words = '', level = '', names = '']) => {
    const fields = Array.from(names.matchAll(/`(\w+)`/g), ([, name = '']) => name);
    return { words, level, fields: fields.sort() };
  });
}

/** Whether a line is of this kind; `…` stands for what differs. */
export function isOfKind({ words }: LogKind, msg: string): boolean {
  const parts = words.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`).test(msg);
}

/** The examples of docs/log-lines.md. */
export function exampleLines(): Readonly<Record<string, unknown>>[] {
  const lines = readRepository('docs/log-lines.md').split('\n');
  return lines.filter((line) => line.startsWith('{"level"')).map((line) => JSON.parse(line));
}
