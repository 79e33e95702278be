import { docs, wire } from './rule.ts';

/** What graphql-js finds between two schemas, and who may use a field. */
export const graphqlRules = {
  'graphql-removed': wire.breaking(
    'Documents that name it are refused before anything is done. Keep it, and mark it `@deprecated`.',
  ),
  'graphql-type-changed': wire.breaking(
    'Documents and variables of today do not fit any more, or what is read has another type. Add a field or an argument of another name.',
  ),
  'graphql-required-added': wire.breaking(
    'Documents of today leave it out and are refused. Let it be null, and do without it as until now.',
  ),
  'graphql-answer-widened': wire.risky(
    'Whoever tells all values or types apart meets one that they do not know. Clients need a case for what is unknown.',
  ),
  'graphql-default-changed': wire.risky(
    'Whoever leaves the argument out gets something else than until now. Keep the default.',
  ),
  'graphql-access-changed': wire.breaking(
    'Callers who lack what it asks for now get a problem or null. Ask for no more than until now, or grant it first.',
  ),
  'graphql-access-dropped': wire.safe(
    'No caller is hurt: less is asked for. Make sure that this is meant.',
  ),
  'graphql-added': wire.safe('Nobody is hurt: no document names it yet.'),
  'graphql-optional-added': wire.safe('Nobody is hurt: documents of today leave it out.'),
  'graphql-deprecated': docs.safe('Nobody is hurt yet: it works as before.'),
} as const;
