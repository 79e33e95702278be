import { readFileSync } from 'node:fs';
import type { Names } from './names.ts';

/** The file of a role, in the words of a noun. `templates/` holds them as they will stand, but for its names. */
export function fromTemplate(role: string, names: Names): string {
  const text = readFileSync(new URL(`./templates/${role}.ts.txt`, import.meta.url), 'utf8');
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: keyof Names) => names[name]);
}
