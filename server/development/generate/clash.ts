import type { Names } from './names.ts';
import { inWordsOf, templateOf, templates } from './template.ts';

/** A name that would stand for two things in one of the files; found in the templates, so no list forgets one. */
export function clashOf(names: Names): string | undefined {
  for (const role of templates()) {
    const called = [...wordsOf(templateOf(role))].map((word) => inWordsOf(word, names));
    const twice = called.find((word, index) => called.indexOf(word) !== index);
    if (twice) return twice;
  }
  return undefined;
}

const prose = /'(?:[^'\\\n]|\\.)*'|`[^`]*`|\/\*[\s\S]*?\*\/|\/\/.*/g;
/** Neither a property nor a key; a parameter that is used stands elsewhere, too. */
const identifier =
  /(?<![\w{}#]|(?<!\.)\.)(?:[A-Za-z_]|\{\{\w+\}\})(?:\w|\{\{\w+\}\})*(?![\w{]|\??:)/g;

/** Every name that a template gives or uses, each once, with its gaps. */
function wordsOf(template: string): Set<string> {
  return new Set(template.replace(prose, '').match(identifier));
}
