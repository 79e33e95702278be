/** What `doctor` found: whether it is in order, and what to do where it is not. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly todo?: string;
}
