/** A JSDoc comment of paragraphs; nothing said, no comment. */
export function jsdoc(...paragraphs: (string | undefined)[]): string {
  const said = paragraphs.flatMap((paragraph) => paragraph?.trim() || []);
  if (said.length === 0) return '';
  const lines = said
    .map((paragraph) => wrapped(harmless(paragraph)))
    .join('\n\n')
    .split('\n');
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

function harmless(prose: string): string {
  return prose.replaceAll('*/', '*\\/');
}

/** Breaks long lines between words, but never before an `@`, which would begin a tag. */
function wrapped(prose: string): string {
  return prose.replace(/(?=.{89})(.{1,88})[^\S\n]+(?!@)/g, '$1\n');
}
