import { key, literal } from './names.ts';

/** A value of JSON as TypeScript writes it. */
export function valueText(value: unknown, margin = ''): string {
  const deeper = `${margin}  `;
  if (Array.isArray(value)) {
    const items = value.map((each) => valueText(each, deeper));
    return wrapped('[', items, ']', margin);
  }
  if (typeof value !== 'object' || value === null) return literal(value);
  const fields = Object.entries(value).map(
    ([name, each]) => `${key(name)}: ${valueText(each, deeper)}`,
  );
  return wrapped('{', fields, '}', margin);
}

function wrapped(open: string, parts: readonly string[], close: string, margin: string): string {
  if (parts.length === 0) return open + close;
  const space = open === '{' ? ' ' : '';
  const flat = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (!flat.includes('\n') && flat.length + margin.length <= 80) return flat;
  const lines = parts.map((part) => `${margin}  ${part},\n`).join('');
  return `${open}\n${lines}${margin}${close}`;
}
