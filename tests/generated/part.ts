export type Headers = Record<string, string>;

/** What a caller's credential is worth, whatever the account behind it may do. */
export type Worth =
  | 'none'
  | 'void'
  | 'ended cookie'
  | 'good'
  | 'old'
  | 'unproven'
  | 'foreign'
  | 'unfactored'
  | 'impersonating'
  | 'program'
  | 'unfactored program';

export interface Part {
  readonly worth: Worth;
  readonly permissions: ReadonlySet<string>;
  /** Somebody new in this part; what they send. */
  readonly open: () => Promise<Headers>;
}
