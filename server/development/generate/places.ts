import { CannotGenerate } from './cannot-generate.ts';

/** Files that exist get lines at places that are found by what stands there. */
export interface Insertion {
  readonly file: string;
  readonly where: 'above' | 'below';
  /** How the line begins. */
  readonly line: string;
  readonly text: string;
}

export function inserted(before: string, { file, where, line, text }: Insertion): string {
  const lines = before.split('\n');
  const at = lines.findIndex((one) => one.startsWith(line));
  if (at === -1) {
    throw new CannotGenerate(
      `${file} has no line that begins with '${line}', beside which this would be written. ` +
        'docs/adding-a-feature.md shows how to write it by hand.',
    );
  }
  return lines.toSpliced(where === 'below' ? at + 1 : at, 0, text.trimEnd()).join('\n');
}
