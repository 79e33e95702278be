import { apiPrefix } from '../kit/api.ts';
import { isForPeople, type Operation } from '../kit/operations.ts';
import { permissions } from '../kit/permissions.ts';
import { service } from '../service.ts';

/** What the session cookie is called over https; over http it cannot have the prefix. */
export const cookieName = `__Host-${service.cookie}`;

/** The ways to prove who calls. */
export const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of a sign-in with `delivery: "tokens"`, used after RFC8725.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
    description:
      'Set by a sign-in with `delivery: "cookie"`; the browser sends it by itself. Over http, as on localhost, its name has no prefix `__Host-`.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: `${service.keyPrefix}_…`,
    description:
      'An API key of a person or a service account, as it is: `Authorization: Bearer <key>`. It must have the permission among its scopes, and so must its owner.',
  },
  clientCredentials: {
    type: 'oauth2',
    description:
      'A token of a service account for one of its API keys, used after RFC8725. It opens what the key opens.',
    flows: {
      clientCredentials: {
        tokenUrl: `${apiPrefix}/auth/token`,
        scopes: Object.fromEntries(
          Object.entries(permissions).map(([name, { description }]) => [name, description]),
        ),
      },
    },
  },
};

export type Security = Partial<Record<keyof typeof securitySchemes, string[]>>;

/** Any one of these; `{}` is without. What takes a person says nothing of keys. */
export function securityOf(operation: Operation): Security[] {
  const { access } = operation;
  if (access.kind === 'anyone') return [];
  const people: Security[] = [{ bearer: [] }, { cookie: [] }];
  if (access.kind === 'anyoneKnown') return [{}, ...people, ...programs([])];
  if (isForPeople(access) || 'recentLogin' in access) return people;
  return [...people, ...programs(access.kind === 'requires' ? [access.permission] : [])];
}

function programs(scopes: string[]): Security[] {
  return [{ apiKey: [] }, { clientCredentials: scopes }];
}
