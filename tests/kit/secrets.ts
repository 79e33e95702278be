import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { TestApp } from './app.ts';
import { tablesOf } from './content.ts';

/** How every secret begins that is made here: six bytes, so that base64 begins alike, too. */
const beginning = 'sEcrEt';

/** Values that must not turn up where they do not belong, each by what it is. */
export class Secrets {
  readonly #made = new Map<string, string[]>();
  readonly #given = new Map<string, string[]>();

  /** Makes one. */
  make(what: string): string {
    const value = beginning + randomBytes(12).toString('hex');
    this.#made.set(`${what} (${this.#made.size})`, spellings(value));
    return value;
  }

  /** One that comes from elsewhere. */
  add(what: string, value = ''): string {
    if (value.length < 8) throw new Error(`The ${what} is too short to be found: '${value}'`);
    this.#given.set(`${what} (${this.#given.size})`, spellings(value));
    return value;
  }

  /** What of them the text holds, as it is or encoded. */
  foundIn(text: string): string[] {
    const mayHoldMade = spellings(beginning).some((spelling) => text.includes(spelling));
    const made = mayHoldMade ? [...this.#made] : [];
    return [...made, ...this.#given].flatMap(([what, all]) =>
      all.some((spelling) => text.includes(spelling)) ? [what] : [],
    );
  }
}

function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  // What ends a base64 text depends on what follows; the rest does not.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  const percent = encodeURIComponent(value);
  const encoded = [bytes.toString('hex'), whole.toString('base64'), percent];
  return [...new Set([value, ...encoded])];
}

/** Everything that is stored, one text for each row. */
export async function storedRows({ db }: Pick<TestApp, 'db'>): Promise<string[]> {
  const rows = (await tablesOf(db)).map(async (name) => {
    const stored = await db.raw<{ rows: { row: string }[] }>(
      `select row_to_json(t)::text as row from ${name} t`,
    );
    return stored.rows.map(({ row }) => `${name}: ${row}`);
  });
  return (await Promise.all(rows)).flat();
}

/** An error with all it carries, as a careless program would print it. */
export function printed(error: unknown): string {
  return inspect(error, { depth: 12, showHidden: true });
}
