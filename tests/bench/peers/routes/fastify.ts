import Fastify from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { announce } from '../announce.ts';
import { Answer, endpointCount, Path, pathOf } from './count.ts';

const app = Fastify({ logger: false }).withTypeProvider<ZodTypeProvider>();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
for (let index = 0; index < endpointCount; index += 1) {
  app.get(
    pathOf(index),
    { schema: { params: Path, response: { 200: Answer } } },
    async ({ params: { id } }) => ({ id, status: 'up' }),
  );
}
await app.ready();
announce(app.server);
