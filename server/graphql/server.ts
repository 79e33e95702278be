import { createYoga } from 'graphql-yoga';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import type { Exchange } from '../http/exchange.ts';
import type { PerformByName } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import { alreadyRead } from './already-read.ts';
import type { Asked, GraphqlContext } from './context.ts';
import { guarded } from './guarded.ts';
import { keepLiveResults } from './live-results.ts';
import { Loaders } from './loaders.ts';
import { acceptOf } from './media-types.ts';
import { parsedLately } from './parsed.ts';
import { performWithin } from './perform-within.ts';
import { resolverOf } from './resolve.ts';
import { type LiveResults, sendLive } from './send-live.ts';
import { masking, telling } from './told.ts';

export interface GraphqlParts {
  readonly contract: AppRouter;
  readonly perform: PerformByName;
}

export interface GraphqlServer {
  answer(exchange: Exchange, asked: Asked): Promise<void>;
}

type Parts = Pick<Platform, 'config' | 'log' | 'telemetry'>;

/** GraphQL over HTTP (graphql.github.io/graphql-over-http), on the operations of the contract. */
export function createGraphqlServer(
  { config, log, telemetry }: Parts,
  { contract, perform }: GraphqlParts,
): GraphqlServer {
  const { publicUrl } = config.http;
  const { timeoutMs, isOpen } = config.graphql;
  const { heartbeatMs } = config.events;
  const tell = telling({ publicUrl, metrics: telemetry.graphql, isOpen });
  const yoga = createYoga<GraphqlContext>({
    schema: graphqlSchema(contract, resolverOf),
    graphqlEndpoint: '/graphql',
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    graphiql: false,
    logging: false,
    maskedErrors: { maskError: masking(log) },
    parserAndValidationCache: parsedLately(),
    // The body is read and bounded by us.
    maxRequestBodySize: false,
    plugins: [
      alreadyRead(),
      guarded({ config: config.graphql, metrics: telemetry.graphql, tell }),
      keepLiveResults(),
    ],
  });
  return {
    answer: async (exchange, asked) => {
      const caller = withoutKeys(exchange.presented);
      const performHere = performWithin(perform, exchange, { timeoutMs, publicUrl });
      const cookies: string[] = [];
      const context: GraphqlContext = {
        requestId: exchange.id,
        asked,
        caller,
        perform: performHere,
        cookies,
        live: {},
        loaders: new Loaders({ perform: performHere, caller }),
      };
      const response = await yoga.fetch(requestOf(yoga.fetchAPI, exchange), context);
      const { results } = context.live;
      if (results) return follow(exchange, results, heartbeatMs);
      // Events for whoever takes none.
      if (response.status === 406) throw problem('not_acceptable');
      const { contentType, headers } = headersOf(response);
      const text = await response.text();
      exchange.send({ status: response.status, headers, cookies, text }, { contentType });
    },
  };
}

/** A stream has its head from us, as every answer; whoever asks for the head alone gets no more. */
function follow(exchange: Exchange, results: LiveResults, heartbeatMs: number): Promise<void> {
  const begin = (content: readonly string[]) => {
    exchange.sendHead({ status: 200 }, {}, content);
    exchange.opened();
  };
  const { res, method } = exchange;
  return sendLive(res, { results, heartbeatMs, begin, isHeadOnly: method === 'HEAD' });
}

/** Of the request, yoga sees how it came and what answer it takes; what it asks is in the context. */
function requestOf(
  { Request }: { readonly Request: typeof globalThis.Request },
  { req, method }: Exchange,
): Request {
  const headers = { accept: acceptOf(req) };
  return new Request(endpoint, { method: method === 'POST' ? 'POST' : 'GET', headers });
}

const endpoint = 'http://graphql/graphql';

function headersOf(response: Response): {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const contentType = response.headers.get('content-type') ?? 'application/json; charset=utf-8';
  const allow = response.headers.get('allow');
  return { contentType, headers: allow === null ? {} : { Allow: allow } };
}

/** A key and a condition are arguments of a field: of many fields, one header would mean none. */
function withoutKeys({ authorization, cookie, origin, ...rest }: Presented): Presented {
  return { authorization, cookie, origin, 'sec-fetch-site': rest['sec-fetch-site'] };
}
