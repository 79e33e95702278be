import type { ResultOf, VariablesOf } from 'gql.tada';
import type { CreateUser, People } from './people.ts';

export const order: VariablesOf<typeof People> = { sort: 'shoe_size' };

export const isOdd = ({ createUser }: ResultOf<typeof CreateUser>): boolean =>
  createUser?.__typename === 'Problem' && createUser.code === 'no_such_code';
