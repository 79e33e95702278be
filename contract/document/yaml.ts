/**
 * JSON as YAML that reads well, for 1.2 and for the many readers that still take 1.1: what either of
 * them could take for something else than a text stands in quotes.
 */
export function yamlOf(document: object): string {
  const lines: string[] = [];
  write(lines, document, '', '');
  return `${lines.join('\n')}\n`;
}

/** `lead` begins the first line of the value, `margin` every other one. */
function write(lines: string[], value: unknown, lead: string, margin: string): void {
  if (Array.isArray(value) && value.length > 0) {
    for (const [at, item] of value.entries()) {
      write(lines, item, `${at === 0 ? lead : margin}- `, `${margin}  `);
    }
  } else if (isObject(value)) {
    for (const [at, [key, part]] of fieldsOf(value).entries()) {
      writeField(lines, `${at === 0 ? lead : margin}${flat(key)}:`, part, margin);
    }
  } else if (typeof value === 'string' && isBlock(value)) {
    // Empty lines of a text stay empty.
    const own = value.split('\n').map((line) => (line === '' ? '' : margin + line));
    lines.push(`${lead}|-`, ...own);
  } else {
    lines.push(lead + scalar(value));
  }
}

function writeField(lines: string[], name: string, part: unknown, margin: string): void {
  const deeper = `${margin}  `;
  const isNested = isObject(part) || (Array.isArray(part) && part.length > 0);
  if (isNested) lines.push(name);
  write(lines, part, isNested ? deeper : `${name} `, deeper);
}

/** One with fields: an empty one stands in its line. */
function isObject(value: unknown): value is object {
  const isAny = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isAny && fieldsOf(value).length > 0;
}

/** As JSON has them: without what is undefined. */
function fieldsOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, part]) => part !== undefined);
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? flat(value) : JSON.stringify(value);
}

// Where a block begins tells how deep it stands, so its first line begins with no space.
const block = /^\S[\n\x20-\x7e\xa1-\u2027\u2030-\ud7ff]*[^\n]$/;

function isBlock(text: string): boolean {
  return text.includes('\n') && block.test(text);
}

/** A letter, and nothing behind it that could begin a value or a comment. */
const plain = /^[A-Za-z](?:[\w /.,;()'’`"?!=*+<>…–-]|:(?=\w|\/))*$/;
/** What readers of 1.1 or 1.2 take for something else than a text. */
const taken = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

function flat(text: string): string {
  if (plain.test(text) && !text.endsWith(' ') && !taken.test(text)) return text;
  // JSON's own quoting, but for what YAML takes for the end of a line, or does not print.
  return JSON.stringify(text).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
