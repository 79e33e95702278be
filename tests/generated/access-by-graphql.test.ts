import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { permissionNames } from '../../contract/kit/permissions.ts';
import { useApp } from '../kit/app.ts';
import { graphqlOf, problemIn } from '../kit/graphql.ts';
import {
  documentFor,
  namedFields,
  type RootField,
  refusedArguments,
  rootFields,
} from '../kit/graphql-fields.ts';
import { isAboutCaller } from '../kit/operations.ts';
import { type Caller, type Cast, castOf, holdersOf } from './cast.ts';
import { outcomeOf, promised } from './promised.ts';
import { sample } from './sample.ts';

// The matrix of `access.test.ts` by the other way in: the same callers, and the same promise in each cell.

const app = useApp();
let everybody: Cast;
let holders: Readonly<Record<string, Cast>>;

beforeAll(async () => {
  everybody = await castOf(app);
  const casts = permissionNames.map(async (name) => [name, await holdersOf(app, name)] as const);
  holders = Object.fromEntries(await Promise.all(casts));
});

async function outcome(one: RootField, { headers, open }: Caller): Promise<string> {
  const sent = isAboutCaller(one.operation) ? await open() : headers;
  const { query, variables } = documentFor(one, refusedArguments(one.field));
  const problem = problemIn(await graphqlOf(app, sent)(query, variables));
  const { status = 200, code } = (problem ?? {}) as { status?: number; code?: string };
  return outcomeOf({ status, code, text: JSON.stringify(problem ?? {}) });
}

describe('the door of', () => {
  it.each(namedFields)('%s opens to those to whom it opens by HTTP', async (_name, field) => {
    const { operation } = field;
    const { access } = operation;
    const also = access.kind === 'requires' ? holders[access.permission] : {};
    const promiseTo = ([, caller]: readonly [string, Caller]) => promised(operation, caller);
    const cast = Object.entries({ ...everybody, ...also });
    const callers = sample(cast, operation, { perKind: 1, kindOf: promiseTo });
    const found = callers.map(async ([name, caller]) => [name, await outcome(field, caller)]);
    const expected = callers.map((one) => [one[0], promiseTo(one)]);
    expect(Object.fromEntries(await Promise.all(found))).toEqual(Object.fromEntries(expected));
  });
});

it('every operation that is offered is one of them, unless it is live or a batch', () => {
  const offered = operationsOf(contract).filter(({ graphql: offer }) => offer && 'field' in offer);
  const found = new Set(rootFields.map(({ operation }) => operation.name));
  const missing = offered.filter(({ name, isLive }) => !isLive && !found.has(name));
  expect(missing.map(({ name }) => name)).toEqual([]);
  expect(offered.length).toBeGreaterThan(60);
});
