import { expect, it } from 'vitest';
import type { Database } from '../../../server/platform/db/connect.ts';
import { Lookout } from '../../../server/platform/db/replica/lookout.ts';
import type { Trouble } from '../../../server/platform/db/replica/trouble.ts';

interface Server {
  identity: string;
  timeline: number;
  standby: boolean;
  position: string;
}

const primary: Server = { identity: '7/5', timeline: 2, standby: false, position: '100' };
const replica: Server = { ...primary, standby: true };

/** A server that says where it stands. */
function saying(server: Server, onClose: () => void = () => {}): Database {
  const answer = { raw: async () => ({ rows: [server] }), destroy: async () => onClose() };
  return answer as unknown as Database;
}

async function judged(other: Partial<Server>): Promise<Trouble | undefined> {
  const lookout = new Lookout({
    openProbe: () => saying(replica),
    openPrimary: () => saying(primary),
    lagSeconds: 5,
  });
  expect(await lookout.look()).toBeUndefined();
  const { standby: isStandby, position, ...row } = { ...replica, ...other };
  return lookout.judge({ ...row, isStandby, position: BigInt(position) });
}

it.each<[string, Partial<Server>, string | undefined]>([
  ['has everything', {}, undefined],
  ['lacks something', { position: '99' }, 'late'],
  ['is far ahead, in changes that a failover has undone', { timeline: 1, position: '900' }, 'late'],
  ['is far ahead, and of somebody else', { identity: '8/5', position: '900' }, 'unfit'],
  ['takes writes', { standby: false }, 'unfit'],
])('a server behind the address that %s is judged by itself', async (_, other, unused) => {
  expect((await judged(other))?.unused).toBe(unused);
});

it('a primary that follows another one by now is asked for by a new connection', async () => {
  const servers = [{ ...primary, standby: true }, primary];
  let closed = 0;
  const lookout = new Lookout({
    openProbe: () => saying(replica),
    openPrimary: () => saying(servers.shift() ?? primary, () => closed++),
    lagSeconds: 5,
  });
  expect(await lookout.look()).toMatchObject({ unused: 'unlooked' });
  expect(await lookout.look()).toBeUndefined();
  expect(closed).toBe(1);
});
