import type { AppRouter } from '@ts-rest/core';
import { anyone } from '../../../../contract/kit/access.ts';
import { c, type Endpoint, type Endpoints, under } from '../../../../contract/kit/api.ts';
import type { Noun } from '../../../../server/operations/operations.ts';
import { startCharter } from '../charter/start.ts';
import { Answer, endpointCount, Path, pathOf } from './count.ts';

function endpoint(path: string): Endpoint {
  return {
    method: 'GET',
    path,
    summary: 'Answer a constant',
    description: 'One of many.',
    pathParams: Path,
    responses: { 200: Answer },
    metadata: { access: anyone },
  };
}

const contract: Record<string, AppRouter> = {};
const features: Record<string, Noun> = {};
for (let index = 0; index < endpointCount; index += 10) {
  const endpoints: Endpoints = {};
  const verbs: Record<string, unknown> = {};
  for (let verb = 0; verb < 10; verb += 1) {
    endpoints[`verb${verb}`] = endpoint(pathOf(index + verb));
    verbs[`verb${verb}`] = async ({ params: { id } }: { params: { id: string } }) => ({
      status: 200,
      body: { id, status: 'up' },
    });
  }
  contract[`noun${index / 10}`] = c.router(endpoints, under('')) as AppRouter;
  features[`noun${index / 10}`] = { handlers: verbs };
}

const tags = Object.fromEntries(Object.keys(contract).map((noun) => [noun, 'Constants.']));

await startCharter(() => ({ contract, tags, features }));
