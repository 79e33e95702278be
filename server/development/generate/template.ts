import { readdirSync, readFileSync } from 'node:fs';
import type { Names } from './names.ts';

const folder = new URL('./templates/', import.meta.url);

export function templates(): string[] {
  return readdirSync(folder).map((file) => file.replace('.ts.txt', ''));
}

/** `templates/` holds files as they will stand, but for the names: `{{one}}`. */
export function templateOf(role: string): string {
  return readFileSync(new URL(`${role}.ts.txt`, folder), 'utf8');
}

export function inWordsOf(text: string, names: Names): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: keyof Names) => names[name]);
}

/** The file of a role, in the words of a noun. */
export function fromTemplate(role: string, names: Names): string {
  return inWordsOf(templateOf(role), names);
}
