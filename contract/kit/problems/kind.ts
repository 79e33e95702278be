export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What it means and what to do: the text of the code's documentation page. */
  readonly prose: string;
  /** A denial that is audited: `anyone` always, `caller` only when it is known who called. */
  readonly denies?: 'anyone' | 'caller';
}
