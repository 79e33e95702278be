/** What was asked for cannot be written; the message says why, and what to do. Nothing was changed. */
export class CannotGenerate extends Error {
  override readonly name = 'CannotGenerate';
}
