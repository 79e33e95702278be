import { authLogin, authRegister, usersList } from '../../.output/generators/orval/client';
import type { Caller } from '../caller.ts';

/** The address is written into it; it tells the answers apart by their status. */
export function createCaller(): Caller {
  return {
    signUp: async (person) => {
      const { status, data } = await authRegister(person);
      return status === 201 || status === 202 ? { status, body: data } : { status, problem: data };
    },
    signIn: async ({ email, password }) => {
      const body = { identifier: email, password, delivery: 'tokens' } as const;
      const { status, data } = await authLogin(body);
      // Half of a sign-in: a second factor is asked for.
      if (status === 202) return { status };
      if (status !== 200) return { status, problem: data };
      return { status, body: data.delivery === 'tokens' ? data : undefined };
    },
    listUsers: async ({ token, ...query }) => {
      const headers: HeadersInit = token ? { Authorization: `Bearer ${token}` } : {};
      const { status, data } = await usersList(query, { headers });
      return status === 200 ? { status, body: data } : { status, problem: data };
    },
  };
}
