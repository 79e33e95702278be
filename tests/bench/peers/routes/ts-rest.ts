import { createServer } from 'node:http';
import { type AppRoute, type AppRouter, initContract } from '@ts-rest/core';
import { createExpressEndpoints } from '@ts-rest/express';
import express from 'express';
import { announce } from '../announce.ts';
import { Answer, endpointCount, Path, pathOf } from './count.ts';

const routes: Record<string, AppRoute> = {};
const handlers: Record<string, unknown> = {};
for (let index = 0; index < endpointCount; index += 1) {
  const responses = { 200: Answer };
  routes[`e${index}`] = { method: 'GET', path: pathOf(index), pathParams: Path, responses };
  handlers[`e${index}`] = async ({ params: { id } }: { params: { id: string } }) => ({
    status: 200,
    body: { id, status: 'up' },
  });
}

const app = express();
app.use(express.json());
const contract = initContract().router(routes) as AppRouter;
createExpressEndpoints(contract, handlers as never, app, {
  responseValidation: true,
  logInitialization: false,
});
announce(createServer(app));
