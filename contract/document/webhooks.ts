import type * as z from 'zod';
import type { HeaderParameter } from '../kit/facets/facet.ts';
import type { Json } from '../kit/json.ts';
import type { SchemaComponents } from './components.ts';

/** The union of all events, told apart by their `type`. */
export type Told = z.ZodDiscriminatedUnion<z.ZodObject[]>;

/** The request that tells of one event. */
export interface Webhook {
  operationId: string;
  summary: string;
  description: string;
  tags: [string];
  security: [];
  'x-readable-with': string;
  parameters: readonly HeaderParameter[];
  requestBody: { content: Record<string, { schema: Json; example: Json }> } & Json;
  responses: Record<string, Json>;
}

export const webhookTag = {
  webhookEvents: 'What happens, as it is sent to webhooks and along streams of events.',
};

const headers: HeaderParameter[] = [
  {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description:
      'The id of the event, the same each time that it is sent: whoever has seen it has done it.',
    schema: { type: 'string', maxLength: 100, examples: ['01994c1e-9b20-7a11-8c3d-4e5f60718293'] },
  },
  {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description:
      'When it was sent, in seconds since 1970. What is older than a few minutes is somebody’s replay.',
    schema: { type: 'string', pattern: '^[0-9]{1,12}$', maxLength: 12, examples: ['1795262400'] },
  },
  {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      'Signatures after Standard Webhooks, separated by spaces: HMAC-SHA256 of id, timestamp and the body as it came, joined by dots. Good where one of them is.',
    schema: {
      type: 'string',
      maxLength: 1000,
      examples: ['v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    },
  },
];

const responses = {
  '2XX': { description: 'It has arrived, and is not sent again.' },
  default: { description: 'It has not arrived, and is sent again for days, each time later.' },
};

/** One for each event: the request that a receiver gets (OpenAPI 3.1). */
export function webhooksOf(
  told: Told,
  schemas: SchemaComponents,
): Record<string, { post: Webhook }> {
  return Object.fromEntries(
    told.options.map((option) => {
      const type = String((option.shape.type as z.ZodLiteral).value);
      return [
        type,
        { post: webhookOf(type, option.meta() as Json, schemas.convert(option, 'output')) },
      ];
    }),
  );
}

/** What `envelope` notes of a kind beside its schema. */
interface EventMeta {
  readonly id: string;
  readonly description: string;
  readonly examples: readonly [Json];
  readonly 'x-readable-with': string;
}

function webhookOf(type: string, meta: Json, schema: Json): Webhook {
  const { id, description, examples, 'x-readable-with': permission } = meta as unknown as EventMeta;
  return {
    operationId: `on${id.replace(/Event$/, '')}`,
    summary: sentence(type),
    description: `${description} Sent to whoever may hear of it by \`${permission}\`.`,
    tags: ['webhookEvents'],
    // The signature proves who sends it, and is no credential of the receiver.
    security: [],
    'x-readable-with': permission,
    parameters: headers,
    requestBody: {
      description: 'What happened.',
      required: true,
      content: { 'application/json': { schema, example: examples[0] } },
    },
    responses,
  };
}

/** `Account created` of `account.created`. */
function sentence(type: string): string {
  const words = type.replaceAll(/[._]/g, ' ').replace('api key', 'API key');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
