import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { findCall } from './call-context.ts';
import { type LogDestinations, standardOutput } from './log-destination.ts';

export interface Log extends Logger {
  /**
   * For the lines of requests alone (`access-line.ts`): their fields are ours, so that nothing has
   * to be redacted or looked up. That costs ten times what the line itself does.
   */
  readonly access: Logger;
}

export interface LogOptions {
  readonly level: string;
  /** How long the lines of requests are collected; 0 writes each at once. */
  readonly batchMs?: number;
}

/** Keys whose values never reach a log, at the top and one or two levels down. */
const secretKeys = [
  'password',
  'passwordHash',
  'secret',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  '["set-cookie"]',
];

const redact = secretKeys.flatMap((key) => {
  const dotted = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${dotted}`, `*.*${dotted}`];
});

/** JSON lines in UTC, on stdout; the request's ids stand on every line written during it. */
export function createLog(
  { level, batchMs = 0 }: LogOptions,
  destination?: DestinationStream,
): Log {
  const { log, access }: LogDestinations = destination
    ? { log: destination, access: destination }
    : standardOutput({ batchMs });
  const format: LoggerOptions = {
    level,
    base: { service: 'charter' },
    timestamp: timeField,
    formatters: { level: (label) => ({ level: label }) },
  };
  const redacted: LoggerOptions = {
    ...format,
    redact: { paths: redact, censor: '[redacted]' },
    mixin: requestFields,
    serializers: { err: withoutRow },
  };
  return Object.assign(pino(redacted, log), { access: pino(format, access) });
}

let lastInstant = 0;
let lastTimeField = '';

/** Under load many lines are of the same millisecond, and making its text is half of a line. */
function timeField(): string {
  const instant = Date.now();
  if (instant !== lastInstant) {
    lastInstant = instant;
    lastTimeField = `,"time":"${new Date(instant).toISOString()}"`;
  }
  return lastTimeField;
}

/** PostgreSQL's `detail` quotes the row that broke a rule, hashes of passwords included. */
function withoutRow(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { nativeError } = error as { nativeError?: unknown };
  for (const layer of [error, nativeError]) {
    if (layer instanceof Error) delete (layer as { detail?: string }).detail;
  }
  return pino.stdSerializers.err(error);
}

/** Lines for people, on a terminal in development. */
export async function prettyDestination(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, singleLine: true, ignore: 'service', translateTime: 'HH:MM:ss' });
}

function requestFields(): object {
  const context = findCall();
  if (!context) return {};
  return {
    requestId: context.id,
    ...(context.traceId && { traceId: context.traceId }),
    ...(context.actor && { actorId: context.actor.id }),
  };
}
