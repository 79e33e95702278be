import type { Access } from '../access.ts';
import type { Declaring, Facet } from './facet.ts';

export interface IdempotencyMetadata {
  /**
   * What an `Idempotency-Key` does (draft-ietf-httpapi-idempotency-key-header). Whoever creates by an
   * authenticated POST says so; where the answer is 201 it is `replays` unless something else is said.
   *
   * - `replays`: the same key and the same input get the same answer again, and nothing is done.
   * - `once`: the answer carries a secret, which nobody keeps: the second time gets `already_done`.
   * - `none`: it takes no key, because done twice it is as if done once, or proves something anew.
   */
  readonly idempotency?: 'replays' | 'once' | 'none';
  /** Callers must send a key, and not only may. */
  readonly idempotencyKey?: 'required';
}

export interface Idempotency {
  readonly keeps: 'answer' | 'nothing';
  readonly isRequired: boolean;
}

/** What the facet looks at beside the metadata. */
type Creating = IdempotencyMetadata & { readonly access: Access };

export const idempotency: Facet<Creating, Idempotency> = {
  read: (endpoint) => {
    const { metadata } = endpoint;
    const said = metadata.idempotency ?? (isCreation(endpoint) ? 'replays' : 'none');
    if (said === 'none') return undefined;
    return {
      keeps: said === 'once' ? 'nothing' : 'answer',
      isRequired: metadata.idempotencyKey === 'required',
    };
  },
  // What is wrong with the key itself is a finding about a header. Whether it came with another input
  // is asked where there is any (`operations.ts`).
  problems: ['validation_failed', 'idempotency_key_in_use'],
  // `Idempotency-Replayed` stands on good answers only, and where there is one to give again.
  headers: [],
  parameters: (endpoint) =>
    [idempotency.read(endpoint)].flatMap((it) => (it ? keyParameter(it) : [])),
  describe: ({ keeps, isRequired }) => ({
    'x-idempotency': keeps === 'answer' ? 'replays' : 'once',
    ...(isRequired && { 'x-idempotency-key': 'required' }),
  }),
};

/** Of an operation whose answer nobody keeps. */
export const onceOnly: Facet<Creating, true> = {
  read: (endpoint) => (idempotency.read(endpoint)?.keeps === 'nothing' ? true : undefined),
  problems: ['already_done'],
  headers: [],
  describe: () => ({}),
};

function isCreation(endpoint: Declaring<Creating>): boolean {
  return isAuthenticatedPost(endpoint) && 201 in endpoint.responses;
}

/** Whether it may take a key: a key belongs to whoever calls, and nobody is known elsewhere. */
export function isAuthenticatedPost({
  method,
  metadata,
}: {
  readonly method: string;
  readonly metadata: { readonly access: Access };
}): boolean {
  return method === 'POST' && !metadata.access.kind.startsWith('anyone');
}

/** A key belongs to somebody, and an answer that is given again sets no cookie. @throws at start. */
export function assertIdempotency(name: string, endpoint: Assertable): void {
  if (idempotency.read(endpoint) === undefined) return;
  const { streams, sends = [] } = endpoint.metadata;
  const isFit = isAuthenticatedPost(endpoint) && streams === undefined && sends.length === 0;
  if (!isFit) throw new Error(`${name} cannot take an Idempotency-Key: see its facet`);
}

type Assertable = Declaring<
  Creating & { readonly streams?: unknown; readonly sends?: readonly unknown[] }
>;

/** How long the value of the header may be. */
export const maxKeyLength = 255;

/** The parameter as the document shows it. */
function keyParameter({ keeps, isRequired }: Idempotency) {
  const again =
    keeps === 'answer'
      ? 'the same answer comes again, with `Idempotency-Replayed: true`'
      : 'it is refused as `already_done`, for the answer carries a secret that nobody keeps';
  return {
    name: 'Idempotency-Key',
    in: 'header' as const,
    required: isRequired,
    description: `Makes it safe to send the request again: where it was done with this key, ${again}. A UUID is a good one.`,
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: maxKeyLength,
      examples: ['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    },
  };
}
