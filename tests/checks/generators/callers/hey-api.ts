import { authLogin, authRegister, usersList } from '../../.output/generators/hey-api';
import { client } from '../../.output/generators/hey-api/client.gen';
import type { Answer, Caller, Problem } from '../caller.ts';

/** It reads in the document where a token belongs. */
export function createCaller(origin: string): Caller {
  client.setConfig({ baseUrl: origin });
  return {
    signUp: async (body) => answer(await authRegister({ body })),
    signIn: async ({ email, password }) => {
      const body = { identifier: email, password, delivery: 'tokens' } as const;
      const { data, ...rest } = await authLogin({ body });
      return answer({ ...rest, data: data?.delivery === 'tokens' ? data : undefined });
    },
    listUsers: async ({ token, ...query }) => answer(await usersList({ query, auth: token })),
  };
}

interface Result<Body> {
  data?: Body | undefined;
  error?: Problem | undefined;
  response?: Response | undefined;
}

function answer<Body>({ data, error, response }: Result<Body>): Answer<Body> {
  return { status: response?.status ?? 0, body: data, problem: error };
}
