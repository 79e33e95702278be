import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { key } from './names.ts';
import { jsdoc } from './prose.ts';
import { valueText } from './values.ts';

/** What the contract says of each code, from the examples of its refusals. */
export function sayingsFile({ components }: OpenApiDocument): string {
  const sayings = new Map<string, readonly [string, string]>();
  for (const response of Object.values(components.responses)) {
    const { content = {} } = response as { content?: Record<string, Media> };
    const { examples = {} } = content['application/problem+json'] ?? {};
    for (const { value } of Object.values(examples)) {
      if (value) sayings.set(value.code, [value.title, value.detail]);
    }
  }
  const sorted = [...sayings].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([code, said]) => `  ${key(code)}: ${valueText(said, '  ')},\n`);
  return [
    "import type { Sayings } from '../../runtime/mock.ts';\n\n",
    jsdoc('What the contract says of each code.'),
    `export const sayings: Sayings = {\n${lines.join('')}};\n`,
  ].join('');
}

interface Media {
  readonly examples?: Record<string, { value?: { code: string; title: string; detail: string } }>;
}
