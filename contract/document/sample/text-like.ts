import { draw, drawOf, type Seed, seedOf } from './draw.ts';

/**
 * A text that a regular expression lets through. It reads what schemas are made of: letters, classes,
 * groups, alternatives and quantities. It begins anywhere and ends anywhere, as the expression does.
 * @throws where the expression looks ahead or back, or refers to what it found: give an example.
 */
export function textLike(pattern: string, seed: Seed, room: Room): string {
  const reader = new Reader(pattern, room);
  const parts = reader.alternatives();
  if (!reader.isDone) reader.fail();
  return written(parts, seed);
}

/** How many characters a text may have: parts without a bound of their own fill it. */
export interface Room {
  readonly min: number;
  readonly max: number;
}

type Part =
  | { readonly oneOf: readonly string[] }
  | { readonly either: readonly (readonly Part[])[] }
  | { readonly part: Part; readonly min: number; readonly max: number };

function written(alternatives: readonly (readonly Part[])[], seed: Seed): string {
  return drawOf(seedOf(seed, 'which'), alternatives)
    .map((part, at) => writtenPart(part, seedOf(seed, at)))
    .join('');
}

function writtenPart(part: Part, seed: Seed): string {
  if ('oneOf' in part) return drawOf(seed, part.oneOf);
  if ('either' in part) return written(part.either, seed);
  const times = part.min + draw(seedOf(seed, 'times'), part.max - part.min + 1);
  return Array.from({ length: times }, (_, at) => writtenPart(part.part, seedOf(seed, at))).join(
    '',
  );
}

// What can be seen of ASCII: texts of people want no control character, and need no other one.
const visible = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
const digits = Array.from('0123456789');
const words = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_');
const classes: Readonly<Record<string, readonly string[]>> = { d: digits, w: words, s: [' '] };

class Reader {
  readonly #pattern: string;
  readonly #room: Room;
  #at = 0;

  constructor(pattern: string, room: Room) {
    this.#pattern = pattern;
    this.#room = room;
  }

  get isDone(): boolean {
    return this.#at >= this.#pattern.length;
  }

  fail(): never {
    throw new Error(`No text is made for ${this.#pattern}: give the schema an example`);
  }

  alternatives(): Part[][] {
    const all: Part[][] = [[]];
    while (!this.isDone && this.#peek() !== ')') {
      if (this.#takes('|')) all.push([]);
      else if (!this.#takes('^') && !this.#takes('$')) all.at(-1)?.push(this.#quantified());
    }
    return all;
  }

  #quantified(): Part {
    const part = this.#single();
    const { min, max } = this.#quantity();
    return min === 1 && max === 1 ? part : { part, min, max };
  }

  #single(): Part {
    if (this.#takes('(')) return this.#group();
    if (this.#takes('[')) return { oneOf: this.#class() };
    if (this.#takes('.')) return { oneOf: visible };
    return { oneOf: this.#character() };
  }

  #group(): Part {
    if (this.#takes('?') && !this.#takes(':')) this.fail();
    const either = this.alternatives();
    if (!this.#takes(')')) this.fail();
    return { either };
  }

  #class(): string[] {
    const isNegated = this.#takes('^');
    const named: string[] = [];
    while (!this.#takes(']')) {
      const from = this.#character();
      const isRange = this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']';
      named.push(...(isRange && this.#takes('-') ? between(from, this.#character()) : from));
    }
    const all = isNegated ? [' ', ...visible].filter((one) => !named.includes(one)) : named;
    return all.length > 0 ? all : this.fail();
  }

  /** One, or those that an escape stands for. */
  #character(): readonly string[] {
    const letter = this.#next();
    if (letter !== '\\') return [letter];
    const escaped = this.#next();
    if (escaped === 'x')
      return [String.fromCharCode(Number.parseInt(this.#next() + this.#next(), 16))];
    if (/[bBDSWpPu1-9]/.test(escaped)) this.fail();
    return classes[escaped] ?? [escaped];
  }

  #quantity(): { min: number; max: number } {
    const few = Math.max(this.#room.min, Math.min(this.#room.max, 12));
    if (this.#takes('?')) return { min: 0, max: 1 };
    if (this.#takes('*')) return { min: this.#room.min, max: few };
    if (this.#takes('+')) return { min: Math.max(1, this.#room.min), max: Math.max(1, few) };
    const [all, min, comma, max] = /^\{(\d+)(,?)(\d*)\}/.exec(this.#pattern.slice(this.#at)) ?? [];
    if (all === undefined) return { min: 1, max: 1 };
    this.#at += all.length;
    const least = Number(min);
    return { min: least, max: max ? Number(max) : comma ? Math.max(least, few) : least };
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #next(): string {
    const letter = this.#peek() ?? this.fail();
    this.#at += 1;
    return letter;
  }

  #takes(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }
}

function between([from = '']: readonly string[], [to = '']: readonly string[]): string[] {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at));
}
