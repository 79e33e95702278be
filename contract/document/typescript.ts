/** Code that stands as it is among values. */
export class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

export function raw(code: string): Expression {
  return new Expression(code);
}

/** Leaves room for what stands in front of a value. */
const width = 60;

/** A value as somebody would write it in TypeScript: on one line where it fits. */
export function written(value: unknown, margin = ''): string {
  const flat = onOneLine(value);
  if (flat.length + margin.length <= width || typeof value !== 'object' || value === null) {
    return flat;
  }
  if (value instanceof Expression) return flat;
  const deeper = `${margin}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = Array.isArray(value)
    ? value.map((item) => written(item, deeper))
    : Object.entries(value).map(([key, part]) => `${keyOf(key)}: ${written(part, deeper)}`);
  return `${open}\n${lines.map((line) => `${deeper}${line},\n`).join('')}${margin}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Expression) return value.code;
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const fields = Object.entries(value).map(([key, part]) => `${keyOf(key)}: ${onOneLine(part)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}

function quoted(text: string): string {
  const json = JSON.stringify(text);
  if (text.includes("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
