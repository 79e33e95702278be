/** As in `Change`, which has the words for them. */
export interface Rule {
  readonly level: 'wire' | 'sdk' | 'docs';
  readonly severity: 'breaking' | 'risky' | 'safe';
  readonly says: string;
}

const of =
  (level: Rule['level'], severity: Rule['severity']) =>
  (says: string): Rule => ({ level, severity, says });

export const wire = {
  breaking: of('wire', 'breaking'),
  risky: of('wire', 'risky'),
  safe: of('wire', 'safe'),
};

export const sdk = {
  breaking: of('sdk', 'breaking'),
  risky: of('sdk', 'risky'),
  safe: of('sdk', 'safe'),
};

export const docs = { safe: of('docs', 'safe') };
