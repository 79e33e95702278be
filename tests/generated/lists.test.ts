import { expect, it } from 'vitest';
import { isPageOperation, type Operation } from '../../contract/kit/operations.ts';
import { useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { insertUser } from '../kit/build.ts';
import { inputsOf, operations } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();

/** For `it.each`: every order of every list. */
const orders = operations.filter(isPageOperation).flatMap((operation) => {
  const sort = inputsOf(operation).query.find(({ name }) => name === 'sort')?.schema;
  const names = (sort?.enum ?? []) as string[];
  return names.map((order) => [operation.name, order, operation] as const);
});

/** Somebody who may just call it. */
async function callerOf({ access }: Operation) {
  const permissions = access.kind === 'requires' ? [access.permission] : [];
  return quickSession(app, { permissions });
}

it.each(orders)(
  '%s sorts by %s only for whom each row shows it',
  async (_name, order, operation) => {
    await insertUser(app);
    const { headers } = await callerOf(operation);
    const answer = await ask(app, operation, { headers, query: `sort=${order}` });
    // Not for this caller; or a list below something that is not there.
    if ([403, 404].includes(answer.status)) return;
    const { items } = JSON.parse(answer.text) as { items: object[] };
    for (const item of items) expect(item).toHaveProperty(order.replace('-', ''));
  },
);
