import type { Letter, Part } from './mail-kind.ts';

/** A letter as text and as HTML. */
export function rendered({ parts }: Letter): { text: string; html: string } {
  return { text: parts.map(textOf).join('\n\n'), html: parts.map(htmlOf).join('\n') };
}

function textOf(part: Part): string {
  if (typeof part === 'string') return part;
  if ('url' in part) return `${part.action}:\n${part.url}`;
  return Object.entries(part.facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${escaped(part)}</p>`;
  if ('url' in part) return `<p><a href="${escaped(part.url)}">${escaped(part.action)}</a></p>`;
  const rows = Object.entries(part.facts).map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
