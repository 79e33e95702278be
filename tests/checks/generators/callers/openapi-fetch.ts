import createClient from 'openapi-fetch';
import type { paths } from '../../.output/generators/openapi-fetch/schema';
import type { Caller } from '../caller.ts';

export function createCaller(origin: string): Caller {
  const api = createClient<paths>({ baseUrl: origin });
  return {
    signUp: async (body) => {
      const { response, data, error } = await api.POST('/api/v1/auth/register', { body });
      return { status: response.status, body: data, problem: error };
    },
    signIn: async ({ email, password }) => {
      const { response, data, error } = await api.POST('/api/v1/auth/login', {
        body: { identifier: email, password, delivery: 'tokens' },
      });
      const tokens = data?.delivery === 'tokens' ? data : undefined;
      return { status: response.status, body: tokens, problem: error };
    },
    listUsers: async ({ token, ...query }) => {
      const { response, data, error } = await api.GET('/api/v1/users', {
        params: { query },
        headers: token ? { Authorization: `Bearer ${token}` } : {},
      });
      return { status: response.status, body: data, problem: error };
    },
  };
}
