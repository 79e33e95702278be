import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { key } from './names.ts';
import { jsdoc } from './prose.ts';
import { valueText } from './values.ts';

interface Example {
  readonly value?: { readonly code?: string; readonly title?: string; readonly detail?: string };
}

/** `msw/sayings.ts`, from the examples of refusals. */
export function sayingsFile({ components }: OpenApiDocument): string {
  const { examples = {} } = components as { examples?: Record<string, Example> };
  const said = Object.values(examples).flatMap(({ value: { code, title, detail } = {} }) =>
    code && title && detail ? [[code, [title, detail]] as const] : [],
  );
  const sorted = said.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([code, words]) => `  ${key(code)}: ${valueText(words, '  ')},\n`);
  return [
    "import type { Sayings } from '../../runtime/mock.ts';\n\n",
    jsdoc('What the contract says of each code.'),
    `export const sayings: Sayings = {\n${lines.join('')}};\n`,
  ].join('');
}
