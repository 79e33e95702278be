import type { Operation } from './operations.ts';

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

export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Where an operation is, and who may call it. */
export function addressOf({ method, path, source }: Operation): string {
  return `\`${method} ${path}\`. ${accessOf(source)}`;
}

function accessOf(source: Operation['source']): string {
  const permission = source['x-permission'];
  if (permission) return `Needs the permission \`${permission}\`.`;
  if (source.security.length === 0) return 'Anyone may call it.';
  const isOptional = source.security.some((scheme) => Object.keys(scheme).length === 0);
  return isOptional ? 'Anyone may call it; a sign-in may show more.' : 'Needs a sign-in.';
}

/** What the tag says: editors show it wherever the operation is called. */
export function deprecationOf({ source }: Operation): string | undefined {
  const known = source['x-deprecated'];
  const instead = known ? ` Gone on ${known.sunset}: use \`${known.use}\`.` : '';
  return source.deprecated ? `@deprecated${instead}` : undefined;
}
