/**
 * Runs synchronous work that makes errors whose stacks nobody reads: one costs as much as the parsing
 * of the request that it refuses. A mistake of ours in there keeps its name and message.
 */
export function withoutStack<Result>(work: () => Result): Result {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
