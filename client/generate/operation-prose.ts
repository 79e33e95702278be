import type { Operation } from './operations.ts';

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
