import type { Json } from '../../kit/json.ts';

/** What cannot be compared, and what to do about it. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A word for people: text as it is, anything else as JSON. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}

export interface Resolved {
  readonly value: unknown;
  /** The pointer that led to it, where one did: `#/components/schemas/User`. */
  readonly pointer?: string;
}

/** A document of OpenAPI 3.0 or 3.1, in which references can be followed. */
export class Source {
  readonly root: Json;
  /** Of 3.0, which has `nullable`, and bounds that are exclusive by a flag. */
  readonly isOld: boolean;

  constructor(document: unknown, name: string) {
    if (!isObject(document)) throw new UnreadableDocument(`${name} is no OpenAPI document.`);
    // YAML reads 3.1 without quotes as a number.
    const version = shown(document.openapi ?? document.swagger ?? 'none');
    if (!/^3(\.[01](\.|$)|$)/.test(version)) {
      throw new UnreadableDocument(
        `${name} says OpenAPI ${version}, and 3.0 and 3.1 can be read: convert it first.`,
      );
    }
    assertFinite(document, name);
    this.root = document;
    this.isOld = version === '3' || version.startsWith('3.0');
  }

  /** What is shared, by name. */
  get schemas(): Json {
    return objectIn(objectIn(this.root.components).schemas);
  }

  /** Follows `$ref`, also from reference to reference; what stands beside it is the caller's. */
  resolve(value: unknown): Resolved {
    let found: Resolved = { value };
    const seen = new Set<string>();
    while (isObject(found.value) && typeof found.value.$ref === 'string') {
      const pointer = found.value.$ref;
      if (seen.has(pointer)) throw new UnreadableDocument(`${pointer} refers to itself.`);
      seen.add(pointer);
      found = { value: this.#at(pointer), pointer };
    }
    return found;
  }

  object(value: unknown): Json {
    return objectIn(this.resolve(value).value);
  }

  /** A schema as its version reads it: in 3.0 nothing counts that stands beside `$ref`. */
  schema(value: unknown): Json {
    const given = objectIn(value);
    return this.isOld && typeof given.$ref === 'string' ? { $ref: given.$ref } : given;
  }

  #at(pointer: string): unknown {
    if (!/^#(\/|$)/.test(pointer)) {
      const where = pointer.startsWith('#') ? 'an anchor' : 'another file';
      throw new UnreadableDocument(
        `${pointer} refers to ${where}: bundle the document into one, with pointers such as #/components/schemas/User.`,
      );
    }
    let value: unknown = this.root;
    for (const part of pointer.slice(1).split('/').slice(1)) {
      const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
      const holder: unknown = value;
      const isThere = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
      if (!isThere) throw new UnreadableDocument(`${pointer} refers to nothing.`);
      value = (holder as Json)[key];
    }
    return value;
  }
}

/** A part of YAML may hold itself by an alias, and would be compared without an end. */
function assertFinite(document: Json, name: string): void {
  try {
    JSON.stringify(document);
  } catch {
    throw new UnreadableDocument(
      `${name} has a part that holds itself by an alias of YAML: write a \`$ref\` there.`,
    );
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The same for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (!isObject(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
