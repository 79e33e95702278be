import { describe, expect, it } from 'vitest';
import { Followers } from '../../../server/platform/events/followers.ts';
import { recordingLog } from '../../kit/app.ts';
import { eventually } from '../../kit/eventually.ts';

/** News that come when a test says so. */
function playedNews() {
  let tell: (() => void) | undefined;
  const news = {
    onNews: (callBack: () => void) => {
      tell = callBack;
      return async () => {
        tell = undefined;
      };
    },
  };
  return { news: news as never, come: () => tell?.(), isHeard: () => tell !== undefined };
}

function following(look: (signal: AbortSignal) => Promise<void>) {
  const { news, come, isHeard } = playedNews();
  const { log, logs } = recordingLog();
  const followers = new Followers({ news, log });
  followers.introduce([{ name: 'test', look }]);
  followers.begin();
  return { followers, come, isHeard, logs };
}

describe('a follower', () => {
  it('looks when there are news, and once more for whatever came meanwhile', async () => {
    const held: (() => void)[] = [];
    let looks = 0;
    const { come } = following(() => {
      looks += 1;
      return new Promise((resolve) => held.push(resolve));
    });
    come();
    await eventually(() => expect(looks).toBe(1));
    come();
    come();
    held.shift()?.();
    await eventually(() => expect(looks).toBe(2));
    held.shift()?.();
    come();
    await eventually(() => expect(looks).toBe(3));
  });

  it('that cannot look says so, and looks at the next news', async () => {
    let looks = 0;
    const { come, logs } = following(async () => {
      looks += 1;
      if (looks === 1) throw new Error('The database is away');
    });
    come();
    await eventually(() => {
      expect(logs).toMatchObject([{ follower: 'test', msg: 'events cannot be followed yet' }]);
    });
    come();
    await eventually(() => expect(looks).toBe(2));
  });

  it('ends what it does before the process does, and says nothing of it', async () => {
    let isEnded = false;
    const { followers, come, isHeard, logs } = following(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      isEnded = true;
      throw signal.reason;
    });
    come();
    await followers.stop();
    expect({ isEnded, isHeard: isHeard(), logs }).toEqual({
      isEnded: true,
      isHeard: false,
      logs: [],
    });
    followers.begin();
    expect(isHeard()).toBe(false);
  });

  it('is not waited for where there is none', () => {
    const { news, isHeard } = playedNews();
    new Followers({ news, log: recordingLog().log }).begin();
    expect(isHeard()).toBe(false);
  });
});
