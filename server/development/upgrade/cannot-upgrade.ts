/** An upgrade that did not begin; the message says why, and what to do. */
export class CannotUpgrade extends Error {
  override readonly name = 'CannotUpgrade';
}
