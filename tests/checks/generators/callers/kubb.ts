import { authLogin } from '../../.output/generators/kubb/clients/authLogin';
import { authRegister } from '../../.output/generators/kubb/clients/authRegister';
import { usersList } from '../../.output/generators/kubb/clients/usersList';
import type { Answer, Caller, Problem } from '../caller.ts';

/** Its own client sends JSON without saying so, and gives a refusal the type of the answer. */
export function createCaller(origin: string): Caller {
  const config = { baseURL: origin, headers: { 'Content-Type': 'application/json' } };
  return {
    signUp: async (person) => answer(await authRegister(person, config)),
    signIn: async ({ email, password }) => {
      const body = { identifier: email, password, delivery: 'tokens' } as const;
      const { status, data } = await authLogin(body, config);
      if (status !== 200) return answer({ status, data });
      return { status, body: data.delivery === 'tokens' ? data : undefined };
    },
    listUsers: async ({ token, ...query }) => {
      const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
      return answer(await usersList(query, { baseURL: origin, headers }));
    },
  };
}

function answer<Body>({ status, data }: { status: number; data: unknown }): Answer<Body> {
  return status < 400 ? { status, body: data as Body } : { status, problem: data as Problem };
}
