import type { InputError } from '../generated/schemas.ts';
import type { AnyAnswer } from './answer.ts';
import type { BodyOf } from './unwrap.ts';

/** What a handler answers: always the same, or as the call was. */
export type Reply<Input, Answer extends AnyAnswer> = Said<Answer> | Says<Input, Answer>;

export type Says<Input, Answer extends AnyAnswer> = (
  asked: Asked<Input, Answer>,
) => Said<Answer> | Response | Promise<Said<Answer> | Response>;

export interface Asked<Input, Answer extends AnyAnswer> {
  /** As the client was given it. */
  readonly input: Input;
  /** What would be answered if you said nothing. */
  readonly example: BytesOr<BodyOf<Answer>>;
  readonly request: Request;
}

/** One of the answers that the operation declares: a status with its body, or with its code. */
export type Said<Answer> = Answer extends { readonly status: infer Status }
  ? Answer extends { readonly problem: { readonly code: infer Code } }
    ? Refusing<Status, Code>
    : Answer extends { readonly body?: infer Body }
      ? Telling<Status, BytesOr<Body>>
      : never
  : never;

interface Refusing<Status, Code> extends WithHeaders {
  readonly status: Status;
  readonly code: Code;
  /** What the contract says of the code, when left out. */
  readonly detail?: string | undefined;
  readonly errors?: readonly InputError[] | undefined;
}

type Telling<Status, Body> = WithHeaders & { readonly status: Status } & (undefined extends Body
    ? { readonly body?: Body }
    : { readonly body: Body });

export interface WithHeaders {
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type BytesOr<Body> = Body extends { getReader(): unknown }
  ? string | Uint8Array | ReadableStream<Uint8Array>
  : Body;
