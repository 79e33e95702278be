import { describe, expect, it } from 'vitest';
import { statusOf } from '../../contract/kit/facets/errors.ts';
import { isForPeople } from '../../contract/kit/operations.ts';
import { madeUp } from '../../server/mock/callers.ts';
import { as, askMock, useMock } from '../kit/mock.ts';
import { named } from '../kit/operations.ts';

const mock = useMock();
const ask = (name: string, headers: Record<string, string> = as(madeUp.admin)) =>
  askMock(mock, name, headers);

describe.each(named)('%s', (name, operation) => {
  it('gets a good answer that the document declares', async () => {
    const response = await ask(name);
    expect(response.status, await textOf(response)).toBeLessThan(400);
  });

  it('can be made to answer each problem that it declares', async () => {
    for (const code of operation.problems) {
      const response = await ask(name, { ...as(madeUp.admin), Prefer: `code=${code}` });
      expect([code, response.status]).toEqual([code, statusOf(code, operation.errors)]);
    }
  });

  it('admits whom its access lets in', async () => {
    const { access } = operation;
    const statuses = async (token: string) => (await ask(name, as(token))).status;
    const isOpen = access.kind.startsWith('anyone');
    if (access.kind === 'anyone') return;
    expect(await statuses('mock-nobody')).toBe(401);
    if (isOpen) return;
    expect((await ask(name, {})).status).toBe(401);
    if (access.kind === 'requires') expect(await statuses(madeUp.member)).toBe(403);
    if (isForPeople(access)) expect(await statuses(madeUp.program)).toBe(403);
    if ('recentLogin' in access) expect(await statuses(madeUp.old)).toBe(403);
    if (access.kind === 'requires' && !('recentLogin' in access)) {
      expect(await statuses(`mock+${access.permission.replace(':', '.')}`)).toBeLessThan(400);
    }
  });
});

/** Of what ends by itself. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  await response.body?.cancel();
  return '';
}
