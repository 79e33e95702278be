import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountExport } from '../../server/features/account-export/model.ts';
import { OneTimeTokens } from '../../server/features/one-time-tokens/service.ts';
import { User } from '../../server/features/users/model.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { daySeconds, secondsAfter } from '../../server/platform/clock.ts';
import { openPlatform, type Platform } from '../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { type Node, startNode } from '../kit/node.ts';
import { everyRound, oneAmong, race } from './rounds.ts';

describe('of twenty at once on two processes', () => {
  const parts = {} as {
    drop: () => Promise<void>;
    nodes: Node[];
    platform: Platform;
    storage: string;
  };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const storage = await mkdtemp(join(tmpdir(), 'charter-archives-'));
    const settings = { STORAGE_PATH: storage };
    const start = () => startNode({ DATABASE_URL: url, ...settings });
    const nodes = await Promise.all([start(), start()]);
    const platform = openPlatform(testConfig(url, settings), { log: recordingLog().log });
    Object.assign(parts, { drop, nodes, platform, storage });
  });

  afterAll(async () => {
    await Promise.all(parts.nodes.map((node) => node.stop()));
    await parts.platform.close();
    await parts.drop();
    await rm(parts.storage, { recursive: true });
  });

  it('one downloads an archive, and afterwards it is gone', async () => {
    await everyRound(async () => {
      const body = { token: await anArchive() };
      const statuses = await race((at) =>
        (parts.nodes[at % 2] as Node).client().accountExport.download({ body }),
      );
      expect(statuses).toEqual(oneAmong(200, 410));
    });
    const left = () => readdir(join(parts.storage, 'account-exports'));
    await eventually(async () => expect(await left()).toEqual([]));
  });

  /** An archive that waits, and the token that was sent for it. */
  function anArchive(): Promise<string> {
    const { platform } = parts;
    const { email, username } = newPerson();
    return platform.change(systemActor('test'), async (tx) => {
      const { id: userId } = await User.query(tx).create({ email, username }, tx.now);
      const expiresAt = secondsAfter(tx.now, daySeconds);
      const { id } = await AccountExport.query(tx).insertAndFetch({
        id: crypto.randomUUID(),
        userId,
        requestedAt: tx.now,
        expiresAt,
      });
      const area = platform.storage.area('account-exports');
      await area.put(id, Readable.from([Buffer.from('an archive')]));
      const purpose = 'export-download' as const;
      const issued = { purpose, userId, subject: id, lifeSeconds: daySeconds };
      return new OneTimeTokens(platform).issue(tx, issued);
    });
  }
});
