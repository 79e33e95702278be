import { expect, it } from 'vitest';
import { HeldTransaction } from '../../../server/platform/db/held-transaction.ts';
import { TestClock } from '../../kit/clock.ts';
import { useConnection } from '../../kit/database.ts';

const db = useConnection();

type Told = (error: Error) => void;

it('that cannot begin says why', async () => {
  const { client } = db();
  const connection = await client.acquireConnection();
  const query = connection.query.bind(connection);
  connection.query = (statement: string | { text: string }, told: Told, ...rest: unknown[]) => {
    if (/^begin/i.test(typeof statement === 'string' ? statement : statement.text)) {
      return told(new Error('Connection terminated unexpectedly'));
    }
    return query(statement, told, ...rest);
  };
  await client.releaseConnection(connection);
  const held = new HeldTransaction(async (tx) => void (await tx.raw('select 1')));
  const work = held.run(db(), new TestClock(), async () => 'done');
  await expect(work).rejects.toThrow('Connection terminated unexpectedly');
});
