/** `usersGet` of `users.get`, `user-get` or `usersGet`: words joined, the first one small. */
export function camel(...parts: string[]): string {
  const name = pascal(...parts);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function pascal(...parts: string[]): string {
  const name = parts
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  if (!name) throw new Error(`'${parts.join(' ')}' holds no letter to make a name of`);
  return /^\d/.test(name) ? `N${name}` : name;
}

export function kebab(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .join('-')
    .toLowerCase();
}

/** A property as it is written in a type: quoted where it must be. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** A string, number or other constant as a literal, in single quotes unless it holds one. */
export function literal(value: unknown): string {
  const json = JSON.stringify(value);
  if (typeof value !== 'string') return json;
  if (value.includes("'")) return value.includes('"') ? `'${escaped(json)}'` : json;
  return `'${escaped(json)}'`;
}

function escaped(json: string): string {
  return json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
}

/** Names that a generated file uses itself, or that every TypeScript file knows. */
const taken = new Set(
  'AnswerHeaders Array AsyncGenerator CallOptions Connection FileSource Instant ListOptions NotModified Operation Promise Record Refused'.split(
    ' ',
  ),
);

/** The name of a component; one that would hide a name we need becomes `…Shape`. */
export function schemaName(id: string): string {
  const name = pascal(id);
  return taken.has(name) ? `${name}Shape` : name;
}
