import type { Connection } from './connection.ts';

/** What `bound` makes methods of: the same functions, with the connection in front. */
export type Unbound<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...given: infer Given) => infer Result
    ? (connection: Connection, ...given: Given) => Result
    : never;
};

/** Functions that take the connection first, as methods that know it. */
export function bound<Methods>(connection: Connection, functions: Unbound<Methods>): Methods {
  type Method = (...given: unknown[]) => unknown;
  const methods: Record<string, Method> = {};
  for (const [name, each] of Object.entries<Method>(functions as never)) {
    methods[name] = (...given) => each(connection, ...given);
  }
  return methods as Methods;
}
