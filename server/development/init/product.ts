/** What the baseline is called. Nothing of this folder is left once a clone is called otherwise. */
export const baseline = 'charter';

/** What a clone of the baseline becomes. */
export interface Product {
  /** One word for machines: package, database, cookie, metrics, settings, keys. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly licence: Licence;
  /** Whose it is. */
  readonly holder: string;
  readonly year: number;
}

export const licences = ['proprietary', 'mit'] as const;
export type Licence = (typeof licences)[number];

/** Why a product cannot be called so; undefined when it can. */
export function objectionTo({ name, title, holder }: Product): string | undefined {
  if (!/^[a-z][a-z0-9]{2,19}$/.test(name)) {
    return (
      `${name || '(nothing)'} is no name for a service: write one word of 3 to 20 small letters and ` +
      'digits that begins with a letter. It becomes the name of the package, the database, the ' +
      'cookie, metrics and settings, and not all of them take anything else. --title is for people.'
    );
  }
  if (!/^[A-Za-z][A-Za-z0-9-]*( [A-Za-z0-9-]+)*$/.test(title) || title.length > 40) {
    return `${title || '(nothing)'} is no title: write at most 40 letters, digits, hyphens and single spaces.`;
  }
  if (holder.trim() === '' || holder.length > 100 || /[\r\n'"`\\]/.test(holder)) {
    return '--holder takes one line of at most 100 characters, without quotes.';
  }
  const ours = [name, title, holder].find((given) => new RegExp(baseline, 'i').test(given));
  if (ours !== undefined) {
    return (
      `${ours} contains the word ${baseline}: what is called so afterwards could not be told from ` +
      'what was not renamed. Leave the word out; files can be changed by hand later.'
    );
  }
  return undefined;
}
