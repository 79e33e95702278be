export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** What happened, why, and what to do: for a person at a terminal, without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor({ what, why, todo }: Explanation, options?: ErrorOptions) {
    super(`${what}\n  Why:        ${indented(why)}\n  What to do: ${indented(todo)}`, options);
  }
}

/** Further lines stand below the first one. */
function indented(text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(14)}`);
}
