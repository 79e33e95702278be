import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import type { PerformByName } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';
import type { GraphqlContext } from './context.ts';
import { keepLiveResults } from './live-results.ts';
import { Loaders } from './loaders.ts';
import type { Performing } from './performing.ts';
import { resolverOf } from './resolve.ts';
import { sendLive } from './send-live.ts';

export interface GraphqlParts {
  readonly contract: AppRouter;
  readonly perform: PerformByName;
  readonly bodyLimitBytes: number;
  /** How often whoever follows is told that somebody is there. */
  readonly heartbeatMs: number;
}

export interface GraphqlRequest {
  readonly req: IncomingMessage & { readonly originalUrl: string };
  readonly res: ServerResponse;
  /** Of a POST: JSON, read and bounded by us. */
  readonly body: string | undefined;
  readonly address: string;
  readonly userAgent: string | null;
  readonly opened: (() => void) | undefined;
}

export interface GraphqlServer {
  answer(request: GraphqlRequest): Promise<void>;
}

/** GraphQL over HTTP (graphql.github.io/graphql-over-http), on the operations of the contract. */
export function createGraphqlServer(parts: GraphqlParts): GraphqlServer {
  const { contract, perform, heartbeatMs } = parts;
  const yoga = createYoga<GraphqlContext>({
    schema: graphqlSchema(contract, resolverOf),
    graphqlEndpoint: '/graphql',
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    graphiql: false,
    logging: false,
    plugins: [keepLiveResults()],
  });
  return {
    answer: async ({ req, res, body, address, userAgent, opened }) => {
      const { method = 'GET', headers } = req;
      const caller = headers as Presented;
      const performHere: Performing['perform'] = (name, call) =>
        perform(name, { ...call, origin: 'graphql', address, userAgent });
      const cookies: string[] = [];
      const context: GraphqlContext = {
        caller: withoutKeys(caller),
        perform: performHere,
        cookies,
        live: {},
        loaders: new Loaders({ perform: performHere, caller: withoutKeys(caller) }),
      };
      const response = await yoga.fetch(
        new yoga.fetchAPI.Request(`http://graphql${req.originalUrl}`, {
          method,
          headers: negotiated(headers),
          ...(body !== undefined && { body }),
        }),
        context,
      );
      const { results } = context.live;
      if (results) return sendLive(res, { results, heartbeatMs, opened });
      response.headers.forEach((value, name) => {
        res.setHeader(name, value);
      });
      res.setHeader('Cache-Control', 'no-store');
      if (cookies.length > 0) res.setHeader('Set-Cookie', cookies);
      res.statusCode = response.status;
      res.end(await response.text());
    },
  };
}

/** A key and a condition are arguments of a field: of many fields, one header would mean none. */
function withoutKeys({ authorization, cookie, origin, ...rest }: Presented): Presented {
  return { authorization, cookie, origin, 'sec-fetch-site': rest['sec-fetch-site'] };
}

/** All that decides about the answer; credentials are for the operations. */
function negotiated({ accept, 'content-type': type }: IncomingMessage['headers']) {
  return { ...(accept && { accept }), ...(type && { 'content-type': type }) };
}
