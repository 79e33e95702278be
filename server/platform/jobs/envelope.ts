import * as z from 'zod';
import { findCall } from '../observability/call-context.ts';
import { traceparentOf } from '../observability/traceparent.ts';
import type { Job } from './job.ts';

/** What is stored of a job: its data, and the request that enqueued it. */
const Envelope = z.object({
  data: z.unknown(),
  /** What is begun by the clock has none. */
  requestId: z.string().nullish(),
  /** The span of the request, where there was one: in the W3C's words. */
  traceparent: z.string().nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

/** @throws where the data is not what the job declares. */
export function sealed<Data>({ data: schema }: Job<Data>, data: Data): Envelope {
  const call = findCall();
  return {
    data: JSON.parse(JSON.stringify(schema.parse(data))),
    requestId: call?.id ?? null,
    traceparent: traceparentOf(call?.span) ?? null,
  };
}

export function opened(stored: unknown): Envelope {
  return Envelope.parse(stored);
}
