import { key } from './names.ts';
import { jsdoc } from './prose.ts';

/** A type on its way to text. */
export type Type =
  | { kind: 'name'; text: string }
  | { kind: 'reference'; text: string; of: Type[] }
  | { kind: 'union'; of: Type[] }
  | { kind: 'intersection'; of: Type[] }
  | { kind: 'array'; of: Type }
  | { kind: 'tuple'; of: Type[] }
  | { kind: 'object'; fields: Field[] };

export interface Field {
  /** With the `?` of an optional one, or `[key: string]`. */
  name: string;
  type: Type;
  comment: string;
}

/** Our formatter's line (biome.json): what is written here needs no formatting afterwards. */
const width = 100;

export function name(text: string): Type {
  return { kind: 'name', text };
}

export function field(fieldName: string, type: Type, ...prose: (string | undefined)[]): Field {
  const isOptional = fieldName.endsWith('?');
  const bare = isOptional ? fieldName.slice(0, -1) : fieldName;
  return { name: key(bare) + (isOptional ? '?' : ''), type, comment: jsdoc(...prose) };
}

/** The first text that fits the line, else the last one. */
export function fitting(...texts: [string, ...string[]]): string {
  const fits = (text: string) => text.split('\n').every((line) => line.length <= width);
  return texts.find(fits) ?? (texts.at(-1) as string);
}

export function indented(text: string, by = '  '): string {
  return text.replace(/^(?=.)/gm, by);
}

export function interfaceOf(interfaceName: string, fields: Field[]): string {
  return `export interface ${interfaceName} {\n${fieldLines(fields, '  ')}}\n`;
}

export function aliasOf(aliasName: string, type: Type): string {
  return `${headed(`export type ${aliasName} =`, type, '')};\n`;
}

/** `head type`; a union that must break begins on the next line. */
function headed(head: string, type: Type, margin: string): string {
  const text = print(type, margin, margin.length + head.length + 1);
  return text.startsWith('\n') ? head + text : `${head} ${text}`;
}

function fieldLines(fields: Field[], margin: string): string {
  return fields
    .map((each) => {
      const line = `${margin}${headed(`${each.name}:`, each.type, margin)};\n`;
      return indented(each.comment, margin) + line;
    })
    .join('');
}

/** The type behind `used` columns; lines of its own begin at `margin`. */
function print(type: Type, margin: string, used: number): string {
  const flat = flatText(type);
  if (flat !== undefined && used + flat.length < width) return flat;
  const deeper = `${margin}  `;
  switch (type.kind) {
    case 'name':
      return type.text;
    case 'object':
      return `{\n${fieldLines(type.fields, deeper)}${margin}}`;
    case 'union':
      return hugged(type.of, margin) ?? type.of.map((each) => member(each, deeper)).join('');
    case 'intersection':
      return type.of.map((each) => print(each, margin, width - 1)).join(' & ');
    case 'array':
      return arrayText(type.of, margin);
    case 'tuple':
      return `[${lines(type.of, deeper, ',')}\n${margin}]`;
    case 'reference':
      return `${type.text}<${lines(type.of, deeper, '').replace(/,$/, '')}\n${margin}>`;
  }
}

function member(type: Type, margin: string): string {
  return `\n${margin}| ${print(type, `${margin}  `, margin.length + 2)}`;
}

function lines(types: Type[], margin: string, end: ',' | ''): string {
  const texts = types.map((each) => `\n${margin}${print(each, margin, margin.length)}`);
  return texts.join(',') + end;
}

function arrayText(item: Type, margin: string): string {
  if (item.kind === 'object') return `${print(item, margin, 0)}[]`;
  if (item.kind !== 'union') return `(${print(item, margin, 0)})[]`;
  return `(${item.of.map((each) => member(each, `${margin}  `)).join('')}\n${margin})[]`;
}

/** `{ … } | null` keeps its brace on the line. */
function hugged(members: Type[], margin: string): string | undefined {
  const [first, second, ...more] = members;
  const isNullable = second?.kind === 'name' && second.text === 'null' && more.length === 0;
  if (first?.kind !== 'object' || !isNullable) return undefined;
  return `${print(first, margin, 0)} | null`;
}

/** The type on one line; an object with fields has none. */
export function flatText(type: Type): string | undefined {
  if (type.kind === 'name') return type.text;
  if (type.kind === 'object') return undefined;
  if (type.kind === 'array') {
    const item = flatText(type.of);
    return item && (['union', 'intersection'].includes(type.of.kind) ? `(${item})[]` : `${item}[]`);
  }
  const parts = type.of.map(flatText);
  if (parts.includes(undefined)) return undefined;
  if (type.kind === 'union') return parts.join(' | ');
  if (type.kind === 'intersection') {
    return parts
      .map((part, at) => (type.of[at]?.kind === 'union' ? `(${part})` : part))
      .join(' & ');
  }
  return type.kind === 'tuple' ? `[${parts.join(', ')}]` : `${type.text}<${parts.join(', ')}>`;
}
