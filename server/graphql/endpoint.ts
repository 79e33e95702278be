import type { Exchange } from '../http/exchange.ts';
import { readGraphql } from '../http/read-body.ts';
import { assertTakes } from '../http/request-head.ts';
import type { Way } from '../http/way.ts';
import type { OriginCheck } from '../platform/auth/origin.ts';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import { documentOf } from './documents.ts';
import { mediaTypes } from './media-types.ts';
import { type GraphqlParams, paramsOf, paramsOfQuery } from './params.ts';
import type { GraphqlParts, GraphqlServer } from './server.ts';

const path = '/graphql';

/**
 * `/graphql`: the same operations as by HTTP, several of them in one request. What no request may be is
 * refused here, as by HTTP; GraphQL itself is loaded by the first one that may.
 */
export function graphqlWay(platform: Platform, parts: GraphqlParts): Way {
  const { config, origins } = platform;
  const { documents } = config.graphql;
  const read = readGraphql(config.http.bodyLimitBytes);
  let opened: Promise<GraphqlServer> | undefined;
  const open = async () => (await import('./server.ts')).createGraphqlServer(platform, parts);

  async function given(exchange: Exchange): Promise<GraphqlParams> {
    if (exchange.method === 'POST') return paramsOf((await read(exchange.req)).text);
    assertSafe(origins, exchange);
    return paramsOfQuery(exchange.query);
  }

  return {
    path,
    answer: async (exchange) => {
      if (!['GET', 'HEAD', 'POST'].includes(exchange.method)) return offer(exchange);
      // Before anything is done: what was asked for could not be told.
      assertTakes(exchange.req, mediaTypes);
      const params = await given(exchange);
      const query = documentOf(params, documents);
      opened ??= open();
      await (await opened).answer(exchange, { ...params, query });
    },
  };
}

function offer(exchange: Exchange): void {
  exchange.addHeader('Allow', 'GET, POST, HEAD, OPTIONS');
  if (exchange.method !== 'OPTIONS') throw problem('method_not_allowed');
  exchange.send({ status: 204 });
}

/**
 * A page elsewhere can make a browser ask by GET, with its cookie and without a preflight. It could not
 * read the answer, but measure how long it takes, and make us work for it.
 */
function assertSafe(origins: OriginCheck, { presented }: Exchange): void {
  const isBySession = presented.cookie !== undefined && presented.authorization === undefined;
  if (isBySession) origins.assertProven(presented);
}
