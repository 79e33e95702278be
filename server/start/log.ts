import type { Config } from '../config/config.ts';
import { createLog, type Log, prettyLines } from '../platform/observability/log.ts';

/** The log of a process that serves: JSON for collectors, lines for people on a terminal. */
export async function createLogFor({ isProduction, observability }: Config): Promise<Log> {
  const { logLevel: level, logBufferBytes: limitBytes, logBatchMs: batchMs } = observability;
  const isPretty = observability.isLogPretty ?? (!isProduction && process.stdout.isTTY === true);
  // Somebody watches the terminal: lines for people are not collected.
  const lines = isPretty ? { print: await prettyLines() } : { batchMs };
  return createLog({ level, limitBytes, ...lines });
}
