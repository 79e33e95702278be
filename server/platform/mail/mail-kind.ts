import type * as z from 'zod';

/** A part of a mail, written once for text and HTML: a paragraph, a link to follow, or facts. */
export type Part =
  | string
  | { readonly action: string; readonly url: string }
  | { readonly facts: Readonly<Record<string, string>> };

/** What a mail says, before it is text or HTML. Nothing in it is markup: all of it is escaped. */
export interface Letter {
  readonly subject: string;
  readonly parts: readonly Part[];
}

/** What every letter may name. */
export interface Sender {
  readonly productName: string;
}

export type Compose<Data> = (data: Data, sender: Sender) => Letter;

/** A kind of mail: its data, and what it says in English. */
export interface MailKind<Data> {
  /** `noun.verb`, such as `verification.request`: stored with the mail. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
  readonly compose: Compose<Data>;
}

export function mailKind<Data>(
  name: string,
  data: z.ZodType<Data>,
  compose: Compose<Data>,
): MailKind<Data> {
  return { name, data, compose };
}

/** A kind of mail in another language. */
export interface Translation {
  readonly kind: string;
  /** A BCP 47 tag such as `de`, in lower case; `de-AT` is served by it, too. */
  readonly locale: string;
  readonly compose: Compose<never>;
}

export function translation<Data>(
  { name }: MailKind<Data>,
  locale: string,
  compose: Compose<Data>,
): Translation {
  return { kind: name, locale, compose };
}
