import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { service } from '../../../contract/service.ts';
import { actingFor } from '../auth/actor.ts';
import { findCall, marksOfCall } from './call-context.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type LogDestinations, type OutputOptions, standardOutput } from './log-destination.ts';

export interface Log extends Logger {
  /**
   * For the lines of requests alone (`access-line.ts`): their fields are ours, so that nothing has
   * to be redacted or looked up. That costs ten times what the line itself does.
   */
  readonly access: Logger;
  /** How many lines were dropped so far, because nobody read them. */
  readonly droppedLines: () => number;
}

export interface LogOptions extends Omit<OutputOptions, 'onReturn'> {
  readonly level: string;
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
export function createLog(options: LogOptions, destination?: DestinationStream): Log {
  const { level } = options;
  const given = destination ?? (level === 'silent' ? nowhere : undefined);
  const { log, access, droppedLines }: LogDestinations = given
    ? { log: given, access: given, droppedLines: () => 0 }
    : standardOutput({ ...options, onReturn: (dropped) => logGap(lines, dropped) });
  const format: LoggerOptions = {
    level,
    base: { service: service.name },
    timestamp: timeField,
    formatters: { level: (label) => ({ level: label }) },
  };
  const redacted: LoggerOptions = {
    ...format,
    redact: { paths: redact, censor: '[redacted]' },
    mixin: requestFields,
    formatters: { ...format.formatters, log: withFingerprint },
    serializers: { err: withoutRow },
  };
  const loggers = { access: pino(format, access), droppedLines };
  const lines: Log = Object.assign(pino(redacted, log), loggers);
  return lines;
}

const nowhere: DestinationStream = { write: () => {} };

/** By the logger that adds no request id: the request in hand did not cause the gap. */
function logGap({ access }: Log, dropped: number): void {
  access.warn({ dropped }, `${dropped} lines were dropped: nobody read the log`);
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

/** By which a collector groups what failed for the same reason. */
function withFingerprint(line: Record<string, unknown>): Record<string, unknown> {
  const { err } = line;
  if (!(err instanceof Error)) return line;
  const call = findCall();
  return { ...line, fingerprint: fingerprintOf(err, call?.operation?.name ?? call?.task ?? '') };
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
export async function prettyLines(): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  return prettyFactory({ singleLine: true, ignore: 'service', translateTime: 'HH:MM:ss' });
}

function requestFields(): object {
  const context = findCall();
  if (!context) return {};
  const { actor, traceId } = context;
  const { safety, compliance } = marksOfCall(context);
  return {
    requestId: context.id,
    ...(traceId && { traceId }),
    ...(actor && { actorId: actor.act?.id ?? actor.id, actingFor: actingFor(actor) }),
    ...(safety && { safety }),
    ...(compliance && { compliance }),
  };
}
