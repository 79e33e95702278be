import express, { type Request, type Response, type Router } from 'express';
import type { AppRouter } from '../../contract/kit/api.ts';
import { readGraphql } from '../http/read-body.ts';
import type { PerformByName } from '../operations/direct.ts';
import { findCall } from '../platform/observability/call-context.ts';
import type { GraphqlServer } from './server.ts';

export interface GraphqlParts {
  readonly contract: AppRouter;
  readonly perform: PerformByName;
  readonly bodyLimitBytes: number;
}

/**
 * `/graphql`: the same operations as by HTTP, several of them in one request. GraphQL itself is loaded
 * by the first request.
 */
export function graphqlEndpoint(parts: GraphqlParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const read = readGraphql(parts.bodyLimitBytes);
  let opened: Promise<GraphqlServer> | undefined;
  const open = async () => (await import('./server.ts')).createGraphqlServer(parts);
  router.all('/', async (req: Request, res: Response) => {
    opened ??= open();
    const server = await opened;
    const body = req.method === 'POST' ? (await read(req)).text : undefined;
    const { address = '', userAgent = null } = findCall() ?? {};
    await server.answer({ req, res, body, address, userAgent });
  });
  return router;
}
