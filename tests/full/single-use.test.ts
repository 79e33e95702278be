import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Purpose } from '../../server/features/one-time-tokens/model.ts';
import { OneTimeTokens } from '../../server/features/one-time-tokens/service.ts';
import { User } from '../../server/features/users/model.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { openPlatform, type Platform } from '../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { type Node, startNode } from '../kit/node.ts';
import { everyRound, oneAmong, race } from './rounds.ts';

describe('of twenty at once on two processes', () => {
  const parts = {} as { drop: () => Promise<void>; nodes: Node[]; platform: Platform };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const settings = { DATABASE_URL: url, MAGIC_LINK: 'true' };
    const nodes = await Promise.all([startNode(settings), startNode(settings)]);
    const platform = openPlatform(testConfig(url), { log: recordingLog().log });
    Object.assign(parts, { drop, nodes, platform });
  });

  afterAll(async () => {
    await Promise.all(parts.nodes.map((node) => node.stop()));
    await parts.platform.close();
    await parts.drop();
  });

  it('one verifies an address', async () => {
    await everyRound(async () => {
      const token = await aTokenFor('verify-email');
      const body = { token };
      const statuses = await race((at) => client(at).verification.confirm({ body }));
      expect(statuses).toEqual(oneAmong(204, 410));
    });
  });

  it('one sets a new password', async () => {
    await everyRound(async () => {
      const token = await aTokenFor('reset-password');
      const body = { token, newPassword: 'a quiet river at dawn' };
      const statuses = await race((at) => client(at).passwordReset.confirm({ body }));
      expect(statuses).toEqual(oneAmong(204, 410));
    });
  });

  it('one signs in by a link', async () => {
    await everyRound(async () => {
      const body = { token: await aTokenFor('magic-link'), delivery: 'tokens' as const };
      const statuses = await race((at) => client(at).magicLink.confirm({ body }));
      expect(statuses).toEqual(oneAmong(200, 410));
    });
  });

  /** A new account without a password, and a token that was sent to it. */
  function aTokenFor(purpose: Purpose): Promise<string> {
    const { platform } = parts;
    const { email, username } = newPerson();
    return platform.change(systemActor('test'), async (tx) => {
      const { id: userId } = await User.query(tx).create({ email, username }, tx.now);
      const issued = { purpose, userId, subject: email, lifeSeconds: 600 };
      return new OneTimeTokens(platform).issue(tx, issued);
    });
  }

  const client = (at: number) => (parts.nodes[at % 2] as Node).client();
});
