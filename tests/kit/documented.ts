import { published, type ReadDocument } from './document.ts';

interface Declared {
  readonly headers?: Record<string, Header>;
  readonly content?: Record<string, { readonly schema: object }>;
}

interface Header {
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}

/** Whether an answer has no end: whoever asked for it reads as much of it as they want. */
export function isLive({ headers }: Response): boolean {
  return headers.get('content-type') === 'text/event-stream';
}

export interface Judge {
  /** Throws unless the answer is one that the document declares: status, headers, type and body. */
  readonly assertDocumented: (request: Request, response: Response) => Promise<void>;
  /** What is missing, breaks its schema, or is sent and not declared. */
  readonly headerFaults: (answer: Declared, sent: Headers) => string[];
}

/** Holds answers to a document. */
export function judgeBy(read: ReadDocument): Judge {
  const { document, faultOf, findOperation, pointed } = read;
  const everywhere = document['x-every-answer'] as unknown as Record<string, Header>;
  const known = new WeakMap<Declared, Map<string, Header>>();

  /** What an operation may answer; at other addresses of the API, what the server itself may. */
  function declaredFor({ method, url }: Request, { status }: Response) {
    const { pathname } = new URL(url);
    const operation = findOperation(method === 'HEAD' ? 'GET' : method, pathname)?.operation;
    if (operation) return { name: operation.operationId, answers: operation.responses };
    const isRefused = status >= 400 && /^\/(api|\.well-known)\//.test(pathname);
    return isRefused ? { name: 'The server', answers: document['x-server-answers'] } : undefined;
  }

  async function assertBody(what: string, { content }: Declared, response: Response) {
    if (isLive(response)) {
      if (!content?.['text/event-stream']) throw new Error(`${what} streams, and should not`);
      return void response.body?.cancel();
    }
    const text = await response.text();
    if (!content) {
      if (text !== '') throw new Error(`${what} has a body, but none is documented`);
      return;
    }
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const media = content[type];
    if (!media) throw new Error(`${what} has an undocumented type ${type}`);
    if ('format' in media.schema && media.schema.format === 'binary') return;
    const fault = faultOf(media.schema, JSON.parse(text));
    if (fault) throw new Error(`${what} breaks its schema: ${fault}`);
  }

  function headerFault(name: string, value: string, header: Header | undefined) {
    if (!header) return `${name} is not declared`;
    const fault = faultOf(header.schema, header.schema.type === 'integer' ? Number(value) : value);
    return fault && `${name} breaks its schema: ${fault}`;
  }

  /** Those of this answer and those of every one, by their names in lower case. */
  function headersOf(answer: Declared): Map<string, Header> {
    const made =
      known.get(answer) ??
      new Map(
        Object.entries({ ...everywhere, ...answer.headers }).map(([name, header]) => [
          name.toLowerCase(),
          pointed(header),
        ]),
      );
    known.set(answer, made);
    return made;
  }

  function headerFaults(answer: Declared, sent: Headers): string[] {
    const declared = headersOf(answer);
    const missing = [...declared]
      .filter(([name, { required }]) => required === true && !sent.has(name))
      .map(([name]) => `${name} is missing`);
    const wrong = [...sent]
      .filter(([name]) => !transport.has(name))
      .flatMap(([name, value]) => headerFault(name, value, declared.get(name)) ?? []);
    return [...missing, ...wrong];
  }

  return {
    headerFaults,
    assertDocumented: async (request, response) => {
      const { name, answers } = declaredFor(request, response) ?? {};
      if (!answers) return;
      const what = `${name} → ${response.status}`;
      const declared =
        answers[response.status] && pointed<Declared>(answers[response.status] as object);
      if (!declared) throw new Error(`${what} is not in docs/openapi.json`);
      const faults = headerFaults(declared, response.headers);
      if (faults.length > 0) throw new Error(`${what}: ${faults.join(', ')}`);
      // What the body would have been, told without it.
      if (request.method !== 'HEAD') await assertBody(what, declared, response);
    },
  };
}

/** What the connection needs, and not the API; the content type is compared with the body's. */
const transport = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
]);

export const { assertDocumented, headerFaults } = judgeBy(published);
