import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext } from './context.ts';

/** Gives yoga what was read of the request: written out and parsed again it would cost as much as a small query. */
export function alreadyRead(): Plugin<object, GraphqlContext> {
  return {
    onRequestParse: ({ serverContext, setRequestParser }) => {
      const { query, operationName, variables, extensions } = serverContext.asked;
      const given = Object.entries({ query, operationName, variables, extensions });
      const params = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      setRequestParser(() => params);
    },
  };
}
