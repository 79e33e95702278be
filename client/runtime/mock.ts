import type { InputError, Problem } from '../generated/schemas.ts';
import { type Called, inputOf, type Readable } from './mock-input.ts';
import type { WithHeaders } from './mock-replies.ts';
import { headersOf } from './request.ts';

/** `http` of msw, told by shape: it fits version 2 and 3, and none has to be installed. */
export type Http<Handler> = Readonly<
  Record<
    'get' | 'post' | 'put' | 'patch' | 'delete',
    (path: string, answer: (call: Called) => Promise<Response>) => Handler
  >
>;

export interface MockOptions {
  /** The service that is stood in for; whatever host it is on when left out. */
  readonly baseUrl?: string | undefined;
}

/** What is known of an operation, to answer in its stead. Written by the generator. */
export interface Sketch extends Readable {
  readonly method: keyof Http<unknown>;
  readonly path: string;
  readonly status: number;
  /** What may be answered; the first that does not contradict the request is. */
  readonly examples?: readonly unknown[];
  /** Of bytes. */
  readonly type?: string;
}

export type Sketches = Readonly<Record<string, Sketch>>;

/** What the contract says of a code: its title, and what it usually means. */
export type Sayings = Readonly<Record<string, readonly [title: string, detail: string]>>;

interface Spoken extends WithHeaders {
  readonly status: number;
  readonly code?: Problem['code'];
  readonly detail?: string;
  readonly errors?: readonly InputError[];
  readonly body?: unknown;
}

export class Mocks<Handler> {
  readonly #http: Http<Handler>;
  readonly #baseUrl: string;
  readonly #sayings: Sayings;

  constructor(http: Http<Handler>, sayings: Sayings, { baseUrl = '*' }: MockOptions = {}) {
    this.#http = http;
    this.#sayings = sayings;
    this.#baseUrl = baseUrl.replace(/\/$/, '');
  }

  /** A function for each operation of a noun, which makes its handler. */
  of<Noun>(sketches: Sketches): Noun {
    const entries = Object.entries(sketches).map(
      ([verb, sketch]) => [verb, (reply?: unknown) => this.#handler(sketch, reply)] as const,
    );
    return Object.fromEntries(entries) as Noun;
  }

  /** Handlers of them all, in an order in which none hides another. */
  all(nouns: readonly Sketches[]): Handler[] {
    const sketches = nouns.flatMap((each) => Object.values(each));
    const rank = ({ path }: Sketch) => path.split(':').length;
    const sorted = sketches.sort((one, other) => rank(one) - rank(other));
    return sorted.map((sketch) => this.#handler(sketch));
  }

  #handler(sketch: Sketch, reply?: unknown): Handler {
    return this.#http[sketch.method](this.#baseUrl + sketch.path, async (call) => {
      const input = await inputOf(sketch, call);
      const example = exampleFor(sketch, input);
      if (typeof reply !== 'function') return this.#response(sketch, reply as Spoken, example);
      const said = await reply({ input, example, request: call.request });
      return said instanceof Response ? said : this.#response(sketch, said, example);
    });
  }

  #response(sketch: Sketch, said: Spoken | undefined, example: unknown): Response {
    const { status, code, body, headers }: Spoken = said ?? {
      status: sketch.status,
      body: example,
    };
    const common = { 'x-request-id': requestId, 'cache-control': 'no-store' };
    if (code) {
      const type = 'application/problem+json';
      const problem = JSON.stringify(this.#problem(said as Spoken, code));
      return new Response(problem, {
        status,
        headers: headersOf({ ...common, 'content-type': type, ...headers }),
      });
    }
    const type = sketch.type ?? 'application/json';
    const content = sketch.type || body === undefined ? body : JSON.stringify(body);
    const typed =
      body === undefined ? common : { ...common, etag: '"mocked"', 'content-type': type };
    return new Response((content ?? null) as BodyInit | null, {
      status,
      headers: headersOf({ ...typed, ...headers }),
    });
  }

  #problem({ status, detail, errors }: Spoken, code: Problem['code']): object {
    const [title, usual] = this.#sayings[code] ?? [code, code];
    return {
      type: `https://api.example.com/docs/problems/${code}`,
      title,
      status,
      detail: detail ?? usual,
      code,
      requestId,
      ...(errors && { errors: [...errors] }),
    };
  }
}

const requestId = 'mocked';

/** Of a sign-in for tokens the answer is the one with tokens: what request and answer both name is alike. */
function exampleFor({ examples = [] }: Sketch, { body }: { body?: unknown }): unknown {
  const asked = (body ?? {}) as Record<string, unknown>;
  const fits = (example: unknown) =>
    Object.entries(example as object).every(([name, value]) => (asked[name] ?? value) === value);
  return (examples.length > 1 && examples.find(fits)) || examples[0];
}
