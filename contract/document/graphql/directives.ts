import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLString,
} from 'graphql';
import { type Access, isInPerson } from '../../kit/access.ts';
import { isForPeople } from '../../kit/operations.ts';

const Caller = new GraphQLEnumType({
  name: 'Caller',
  description: 'Who may use a field at all.',
  values: {
    ANYONE: { description: 'Nobody has to be signed in.' },
    PERSON: { description: 'A person who is signed in.' },
    SIGNED_IN: { description: 'A person, an API key or a service account.' },
  },
});

/**
 * What the contract's `access` says of the operation behind a field. It is printed for readers; what
 * enforces it is the guard, as by HTTP.
 */
export const auth = new GraphQLDirective({
  name: 'auth',
  description: 'Who may use the field.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    caller: { type: Caller },
    requires: { type: GraphQLString, description: 'The permission that the caller holds.' },
    recentLogin: { type: GraphQLBoolean, description: 'Signed in during the last ten minutes.' },
    inPerson: { type: GraphQLBoolean, description: 'Not while an account is impersonated.' },
  },
});

/** The arguments of `@auth` on a field. */
export function authOf(access: Access): Readonly<Record<string, unknown>> {
  if (access.kind.startsWith('anyone')) return { caller: 'ANYONE' };
  return {
    caller: isForPeople(access) ? 'PERSON' : 'SIGNED_IN',
    ...(access.kind === 'requires' && { requires: access.permission }),
    ...('recentLogin' in access && { recentLogin: true }),
    ...(isInPerson(access) && { inPerson: true }),
  };
}
