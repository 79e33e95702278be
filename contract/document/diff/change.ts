import { type RuleName, rules } from './rules.ts';

/** Whom it reaches first: what is sent, the code that is made from the document, or its readers. */
export type Level = 'wire' | 'sdk' | 'docs';
export type Severity = 'breaking' | 'risky' | 'safe';

/** Which way a value goes: from the caller, to the caller, to a caller who is refused. */
export type Side = 'input' | 'output' | 'refusal';

/** One difference between two contracts. */
export interface Change {
  readonly rule: RuleName;
  readonly level: Level;
  readonly severity: Severity;
  /** The same in every run, so that it can be acknowledged: `GET /users: 200, items[].email`. */
  readonly at: string;
  readonly what: string;
  /** Who is hurt, and what to do instead. */
  readonly says: string;
  /** The operations that reach it, where it stands in a shared schema. */
  readonly operations: readonly string[];
}

/** Where in a document we are. */
export interface Spot {
  readonly at: string;
  /** The operation, or the shared schema, that `at` begins with. */
  readonly owner: string;
  readonly side: Side;
  /** A field is named behind the place that holds it, or behind another field. */
  readonly isField?: true;
}

export function fieldOf({ at, isField, ...spot }: Spot, name: string): Spot {
  return { ...spot, at: `${at}${isField ? '.' : ', '}${name}`, isField: true };
}

export function itemOf({ at, ...spot }: Spot): Spot {
  return { ...spot, at: `${at}[]`, isField: true };
}

export function partOf({ at, owner }: Spot, part: string, side: Side): Spot {
  return { at: `${at}: ${part}`, owner, side };
}

/** What was found, and from where each shared schema is reached. */
export class Report {
  readonly #found = new Map<string, Omit<Change, 'operations'> & { owner: string }>();
  readonly #reached = new Map<string, Set<string>>();

  add(rule: RuleName, { at, owner }: Spot, what: string): void {
    const key = `${rule} ${at}`;
    const known = this.#found.get(key)?.what;
    if (known?.includes(what)) return;
    const whole = known === undefined ? what : `${known} ${what}`;
    this.#found.set(key, { rule, ...rules[rule], at, what: whole, owner });
  }

  /** The owner of a spot holds a shared schema. */
  reach({ owner }: Spot, schema: string): void {
    const from = this.#reached.get(schema) ?? new Set();
    this.#reached.set(schema, from.add(owner));
  }

  changes(): Change[] {
    const changes = [...this.#found.values()].map(({ owner, ...change }) => ({
      ...change,
      operations: this.#reached.has(owner) ? this.#operationsOf(owner) : [],
    }));
    return changes.sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? -1 : 1));
  }

  #operationsOf(schema: string): string[] {
    const seen = new Set([schema]);
    // A set that grows while it is walked: each is visited once.
    for (const one of seen) for (const from of this.#reached.get(one) ?? []) seen.add(from);
    return [...seen].filter((one) => !this.#reached.has(one)).sort();
  }
}

const severities: readonly Severity[] = ['breaking', 'risky', 'safe'];
const levels: readonly Level[] = ['wire', 'sdk', 'docs'];

function rank({ severity, level }: Pick<Change, 'severity' | 'level'>): number {
  return severities.indexOf(severity) * levels.length + levels.indexOf(level);
}
