import type { Facet } from './facet.ts';
import type { StreamsMetadata } from './streams.ts';

/** Of what streams without an end: where to go on, and what must be told when that cannot be. */
export const live: Facet<StreamsMetadata, true> = {
  read: ({ metadata }) => metadata.streams?.live,
  problems: ['validation_failed', 'events_gone', 'too_many_streams'],
  // `X-Accel-Buffering` stands on good answers only: a refusal is no stream.
  headers: [],
  parameters: () => [lastEventId],
  describe: () => ({ 'x-live': true }),
};

const lastEventId = {
  name: 'Last-Event-Id',
  in: 'header' as const,
  required: false,
  description:
    'The `id` of the last event that the caller has seen: what was missed since comes first. Browsers send it by themselves when they connect again.',
  schema: {
    type: 'string',
    format: 'uuid',
    minLength: 36,
    maxLength: 36,
    examples: ['01994c1e-8f00-7a11-9b21-3c5d7e9f1a02'],
  },
};
