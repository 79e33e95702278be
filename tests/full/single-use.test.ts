import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmailChange } from '../../server/features/email-change/model.ts';
import { Invitation } from '../../server/features/invitations/model.ts';
import type { Purpose } from '../../server/features/one-time-tokens/model.ts';
import { OneTimeTokens } from '../../server/features/one-time-tokens/service.ts';
import { Role } from '../../server/features/roles/model.ts';
import { User, UserRole } from '../../server/features/users/model.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { secondsAfter } from '../../server/platform/clock.ts';
import { openPlatform, type Platform } from '../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../kit/app.ts';
import { goodPassword, newPerson } from '../kit/callers.ts';
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

  it('one begins an account by invitation', async () => {
    await everyRound(async () => {
      const token = await anInvitation();
      const statuses = await race((at) => {
        const body = { token, username: newPerson().username, password: goodPassword };
        return client(at).invitations.accept({ body });
      });
      expect(statuses).toEqual(oneAmong(201, 410));
    });
  });

  it.each(['confirm', 'revert'] as const)('one may %s a change of address', async (verb) => {
    await everyRound(async () => {
      const body = { token: await aMoveTo(verb) };
      const statuses = await race((at) => client(at).emailChange[verb]({ body }));
      expect(statuses).toEqual(oneAmong(204, 410));
    });
  });

  /** From an administrator. */
  function anInvitation(): Promise<string> {
    const { platform } = parts;
    return platform.change(systemActor('test'), async (tx) => {
      const { email: inviter, username } = newPerson();
      const admin = await Role.query(tx).findOne({ name: 'admin' }).throwIfNotFound();
      const { id: userId } = await User.query(tx).create({ email: inviter, username }, tx.now);
      await UserRole.query(tx).insert({ userId, roleId: admin.id });
      const { id } = await Invitation.query(tx).insert({
        id: randomUUIDv7(),
        email: newPerson().email,
        invitedById: userId,
        createdAt: tx.now,
        expiresAt: secondsAfter(tx.now, 600),
      });
      const issued = { purpose: 'invitation', subject: id, lifeSeconds: 600 } as const;
      return new OneTimeTokens(platform).issue(tx, issued);
    });
  }

  /** A change that was asked for, or one that was confirmed: what its link carries. */
  function aMoveTo(verb: 'confirm' | 'revert'): Promise<string> {
    const { platform } = parts;
    return platform.change(systemActor('test'), async (tx) => {
      const { email: oldEmail, username } = newPerson();
      const { email: newEmail } = newPerson();
      const isDone = verb === 'revert';
      const email = isDone ? newEmail : oldEmail;
      const { id: userId } = await User.query(tx).create({ email, username }, tx.now);
      const { id: subject } = await EmailChange.query(tx).insert({
        id: randomUUIDv7(),
        userId,
        oldEmail,
        newEmail,
        createdAt: tx.now,
        confirmedAt: isDone ? tx.now : null,
      });
      const purpose = isDone ? 'revert-email' : 'change-email';
      const issued = {
        purpose,
        userId: isDone ? null : userId,
        subject,
        lifeSeconds: 600,
      } as const;
      return new OneTimeTokens(platform).issue(tx, issued);
    });
  }

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
