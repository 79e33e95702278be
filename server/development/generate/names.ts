import { CannotGenerate } from './cannot-generate.ts';

/** A noun in every form that code and prose need. */
export interface Names {
  /** `purchase-orders`: files, the address. */
  readonly path: string;
  /** `purchaseOrders`: the noun of the contract. */
  readonly plural: string;
  readonly one: string;
  /** `PurchaseOrders`: the service; `PurchaseOrder`: the shape and the model. */
  readonly Plural: string;
  readonly One: string;
  /** `purchase_orders`: the table; `purchase_order`: what the audit and problems call one. */
  readonly table: string;
  readonly row: string;
  /** `purchase orders`, `a purchase order`, for people. */
  readonly words: string;
  readonly word: string;
  readonly aWord: string;
}

const kebab = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;

export function namesOf(noun: string, singular: string | undefined): Names {
  assertWord(noun);
  const single = singular ?? singularOf(noun);
  if (single === undefined || single === noun) {
    throw new CannotGenerate(
      `What one of the ${noun} is called is not known here. Say it: --singular <word>.`,
    );
  }
  assertWord(single);
  const word = single.replaceAll('-', ' ');
  return {
    path: noun,
    plural: camel(noun),
    one: camel(single),
    Plural: pascal(noun),
    One: pascal(single),
    table: noun.replaceAll('-', '_'),
    row: single.replaceAll('-', '_'),
    words: noun.replaceAll('-', ' '),
    word,
    aWord: `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`,
  };
}

/** Longer names break the limits of PostgreSQL for names of indexes. */
function assertWord(given: string): void {
  if (kebab.test(given) && given.length <= 40) return;
  throw new CannotGenerate(
    `${given || '(nothing)'} is no noun: write a plural in small letters, 40 at most, its parts ` +
      'joined by hyphens, such as invoices or purchase-orders.',
  );
}

/** Undefined where the ending does not tell: movies and copies, expenses and buses, archives and shelves. */
function singularOf(noun: string): string | undefined {
  if (noun.endsWith('sses')) return noun.slice(0, -2);
  if (/(ies|[sxzov]es|[cs]hes|[siu]s)$/.test(noun)) return undefined;
  return noun.endsWith('s') ? noun.slice(0, -1) : undefined;
}

export function camel(text: string): string {
  return text.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

export function pascal(text: string): string {
  return camel(text).replace(/^./, (letter) => letter.toUpperCase());
}
