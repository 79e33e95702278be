import express, { type Request, type Response, type Router } from 'express';
import { readGraphql } from '../http/read-body.ts';
import { findCall } from '../platform/observability/call-context.ts';
import type { GraphqlParts, GraphqlServer } from './server.ts';

/**
 * `/graphql`: the same operations as by HTTP, several of them in one request. GraphQL itself is loaded
 * by the first request.
 */
export function graphqlEndpoint(parts: GraphqlParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const read = readGraphql(parts.bodyLimitBytes);
  let started: Promise<GraphqlServer> | undefined;
  const open = async () => (await import('./server.ts')).createGraphqlServer(parts);
  router.all('/', async (req: Request, res: Response) => {
    started ??= open();
    const server = await started;
    const body = req.method === 'POST' ? (await read(req)).text : undefined;
    const { address = '', userAgent = null, opened } = findCall() ?? {};
    await server.answer({ req, res, body, address, userAgent, opened });
  });
  return router;
}
