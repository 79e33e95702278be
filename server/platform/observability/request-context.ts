import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import type { Operation } from '../../../contract/kit/operations.ts';
import type { Actor } from '../auth/actor.ts';

/** What is known of the request in hand; log lines of every service carry its ids. */
export interface RequestContext {
  readonly id: string;
  readonly method: string;
  /** The caller's address as `TRUST_PROXY` allows it to be known. */
  readonly address: string;
  readonly userAgent: string | null;
  readonly startedAt: number;
  readonly span: Span | undefined;
  readonly traceId?: string | undefined;
  operation?: Operation | undefined;
  actor?: Actor | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInRequest(context: RequestContext, next: () => void): void {
  storage.run(context, next);
}

/** The request in hand; undefined in jobs, commands and at start. */
export function findRequestContext(): RequestContext | undefined {
  return storage.getStore();
}
