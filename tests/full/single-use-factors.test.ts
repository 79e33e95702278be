import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { Authenticator } from '../kit/authenticator.ts';
import { createDatabase } from '../kit/database.ts';
import { decided } from '../kit/decided.ts';
import { type Node, startNode } from '../kit/node.ts';
import { codeOf } from '../kit/second-factors.ts';
import { signUp } from '../kit/sign-up.ts';
import { all, atOnce, everyRound, race } from './rounds.ts';

const origin = 'https://charter.test';

type Somebody = Awaited<ReturnType<typeof signUp>>;

describe('of twenty at once on two processes', () => {
  const parts = {} as { drop: () => Promise<void>; nodes: Node[] };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const settings = { DATABASE_URL: url, PUBLIC_URL: origin };
    const nodes = await Promise.all([startNode(settings), startNode(settings)]);
    Object.assign(parts, { drop, nodes });
  });

  afterAll(async () => {
    await Promise.all(parts.nodes.map((node) => node.stop()));
    await parts.drop();
  });

  it('one token of a second step begins a session', async () => {
    await everyRound(async () => {
      const { person, nextCode } = await withAnApp();
      const body = { token: await firstStep(0, person), totp: nextCode() };
      expectOneWinner(await race((at) => client(at).auth.proveSecondFactor({ body })));
    });
  });

  it('one code of a step of time works, whichever sign-in it ends', async () => {
    await everyRound(async () => {
      const { person, nextCode } = await withAnApp();
      const tokens = await all((at) => firstStep(at, person));
      const totp = nextCode();
      expectOneWinner(await prove(tokens, { totp }));
    });
  });

  it('one recovery code works, whichever sign-in it ends', async () => {
    await everyRound(async () => {
      const { person, codes } = await withAnApp();
      const tokens = await all((at) => firstStep(at, person));
      expectOneWinner(await prove(tokens, { recoveryCode: codes[0] ?? '' }));
    });
  });

  it('one answer to a challenge signs in by passkey', async () => {
    const person = await signUp(parts.nodes[0] as Node);
    const device = new Authenticator(origin);
    const own = (parts.nodes[0] as Node).client(person.token);
    const credential = device.create(await unwrap(own.passkeys.options()));
    await unwrap(own.passkeys.create({ body: { name: 'A key', credential } }));
    await everyRound(async (round) => {
      const passkey = device.get(await unwrap(client(round).auth.passkeyOptions()));
      const body = { passkey, delivery: 'tokens' as const };
      expectOneWinner(await race((at) => client(at).auth.passkey({ body })));
    });
  });

  function prove(tokens: readonly string[], factor: { totp: string } | { recoveryCode: string }) {
    return race((at) => {
      const body = { token: tokens[at] ?? '', ...factor };
      return client(at).auth.proveSecondFactor({ body });
    });
  }

  /** Somebody new with an authenticator app. */
  async function withAnApp() {
    const person = await signUp(parts.nodes[0] as Node);
    const own: Client = (parts.nodes[0] as Node).client(person.token);
    const { secret } = await unwrap(own.secondFactors.enrol());
    const confirmed = new Date();
    const code = codeOf(secret, confirmed);
    const { codes } = await unwrap(own.secondFactors.confirm({ body: { code } }));
    // The clock of the processes is the real one: the next step is within the window by now.
    const nextCode = () => codeOf(secret, new Date(confirmed.getTime() + 30_000));
    return { person, codes, nextCode };
  }

  async function firstStep(at: number, { username: identifier, password }: Somebody) {
    const body = { identifier, password, delivery: 'tokens' as const };
    const answer = await unwrap(decided(() => client(at).auth.login({ body })));
    if (answer.delivery !== 'none') throw new Error('The account has no second factor');
    return answer.token;
  }

  const client = (at: number) => (parts.nodes[at % 2] as Node).client();
});

/** The others are told of a wrong or used code, of an ended sign-in, or to wait. */
function expectOneWinner(statuses: readonly number[]): void {
  expect(statuses).toHaveLength(atOnce);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => ![200, 401, 410, 429].includes(status))).toEqual([]);
}
