import { isSpanContextValid } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';
import { findRequestContext } from './request-context.ts';

export type Log = Logger;

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
  { level }: { level: string },
  destination: DestinationStream = pino.destination(1),
): Log {
  return pino(
    {
      level,
      base: { service: 'charter' },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redact, censor: '[redacted]' },
      mixin: requestFields,
      serializers: { err: withoutRow },
    },
    destination,
  );
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
  const context = findRequestContext();
  if (!context) return {};
  const span = context.span?.spanContext();
  return {
    requestId: context.id,
    ...(span && isSpanContextValid(span) && { traceId: span.traceId }),
    ...(context.actor && { actorId: context.actor.id }),
  };
}
