import { problem } from './problem-error.ts';

/** Whether this is what the caller takes it to be; undefined: the caller does not say. */
export type Expected<Row> = ((current: Row) => boolean) | undefined;

/**
 * Nobody changes what they have not seen. Called under the row's lock, in the transaction that then
 * writes: of two who have seen the same, the second finds what the first has made of it.
 * @throws a problem `precondition_failed`.
 */
export async function assertExpected<Row>(
  expected: Expected<Row>,
  current: () => Row | Promise<Row>,
): Promise<void> {
  if (expected && !expected(await current())) throw problem('precondition_failed');
}
