import { held, lists, newName, type Place, type ToAccount, told, union } from './rights-cases.ts';
import { type Stage, subsets } from './rights-stage.ts';

type ToProgram = (stage: Stage) => ToAccount;

/** Each to a service account of its own, of every kind. */
export function toPrograms(acts: readonly ToProgram[]): Place {
  return (stage, _caller, known) => {
    const kinds = held.map((names) => names.map((name) => known[name]));
    return acts.flatMap((act) =>
      kinds.map((roles) => {
        const is = { holds: union(roles), isOwn: false };
        const id = stage.program(roles);
        const one = act(stage)({ id, roles, is }, known);
        return { ...one, params: { ...one.params, serviceAccountId: id } };
      }),
    );
  };
}

/** What is done to accounts of people is done to those of programs by the same rules. */
export function alike(act: ToAccount): ToProgram {
  return () => (account, known) => {
    const { params: _, ...one } = act(account, known);
    return one;
  };
}

export const describeProgram: ToProgram =
  () =>
  ({ is }) => ({
    what: `description of ${told(is)}`,
    body: { description: 'What it is for.' },
    deed: { account: is },
  });

/** A key with each set of scopes. */
export const newKeys: readonly ToProgram[] = subsets.map((scopes) => () => ({ is }) => ({
  what: `key for ${scopes.join('+') || 'nothing'} of ${told(is)}`,
  body: { name: 'key', scopes },
  deed: { account: is, scopes: new Set(scopes) },
}));

export const successors: readonly ToProgram[] = subsets.map(
  (scopes) =>
    (stage) =>
    ({ id, is }) => ({
      what: `successor for ${scopes.join('+') || 'nothing'} of ${told(is)}`,
      params: { keyId: stage.key(id, scopes) },
      body: {},
      deed: { account: is, scopes: new Set(scopes) },
    }),
);

export const endOfKey: ToProgram =
  (stage) =>
  ({ id, is }) => ({
    what: `end of a key of ${told(is)}`,
    params: { keyId: stage.key(id, []) },
    deed: { account: is },
  });

/** Without roles that are named, and with each list of them. */
export const newPrograms: Place = (_stage, _caller, known) =>
  [undefined, ...lists].map((names) => {
    const roles = names?.map((name) => known[name]);
    return {
      what: `service account with ${names?.join('+') ?? 'nothing'}`,
      body: { name: newName(), roles: roles?.map(({ name }) => name) },
      deed: roles ? { gives: union(roles) } : {},
    };
  });
