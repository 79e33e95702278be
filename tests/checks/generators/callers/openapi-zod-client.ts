import { isAxiosError } from 'axios';
import { createApiClient, schemas } from '../../.output/generators/openapi-zod-client/client';
import type { Answer, Caller } from '../caller.ts';

/** What an answer holds beyond its schema is cut off: this is how tokens can get lost. */
export function createCaller(origin: string): Caller {
  const api = createApiClient(origin, { validate: true, transform: true });
  return {
    signUp: (person) => answer(201, api.authRegister(person)),
    signIn: async ({ email, password }) => {
      const credentials = { identifier: email, password, delivery: 'tokens' } as const;
      const { body, ...rest } = await answer(200, api.authLogin(credentials));
      return { ...rest, body: body?.delivery === 'tokens' ? body : undefined };
    },
    listUsers: ({ token, ...queries }) => {
      const headers = token ? { Authorization: `Bearer ${token}` } : {};
      return answer(200, api.usersList({ queries, headers }));
    },
  };
}

/** It answers the body of a success only, and throws for everything else. */
async function answer<Body>(status: number, call: Promise<Body>): Promise<Answer<Body>> {
  try {
    return { status, body: await call };
  } catch (error) {
    if (!isAxiosError(error) || !error.response) throw error;
    const problem = schemas.Problem.parse(error.response.data);
    return { status: error.response.status, problem };
  }
}
