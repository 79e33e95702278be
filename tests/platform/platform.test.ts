import { expect, it } from 'vitest';
import { openPlatform } from '../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../kit/app.ts';

/** A platform that notes what of it is closed; nobody asks its database for anything. */
function observed(failing: readonly string[] = []) {
  const platform = openPlatform(testConfig('postgres://nowhere.invalid/charter'), recordingLog());
  const closed: string[] = [];
  const closing = (part: string, close: () => Promise<void>) => async () => {
    await close();
    closed.push(part);
    if (failing.includes(part)) throw new Error(`${part} did not close`);
  };
  const { revocations, databases, telemetry } = platform;
  Object.assign(revocations, {
    stop: closing('revocations', revocations.stop.bind(revocations)),
  });
  Object.assign(databases, { close: closing('databases', databases.close.bind(databases)) });
  Object.assign(telemetry, { close: closing('telemetry', telemetry.close.bind(telemetry)) });
  return { platform, closed };
}

const inReverse = ['revocations', 'databases', 'telemetry'];

it('closes its parts one after another, in reverse of the order in which they were opened', async () => {
  const { platform, closed } = observed();
  await platform.close();
  expect(closed).toEqual(inReverse);
  expect(platform.stopping.aborted).toBe(true);
});

it.each(inReverse)('closes the others when its %s fails to close, and says so', async (part) => {
  const { platform, closed } = observed([part]);
  await expect(platform.close()).rejects.toThrow(`${part} did not close`);
  expect(closed).toEqual(inReverse);
});

it('loses no reason when several parts fail to close', async () => {
  const { platform, closed } = observed(inReverse);
  await expect(platform.close()).rejects.toMatchObject({
    error: { message: 'telemetry did not close' },
    suppressed: {
      error: { message: 'databases did not close' },
      suppressed: { message: 'revocations did not close' },
    },
  });
  expect(closed).toEqual(inReverse);
});

it('closes each part once, however often it is asked', async () => {
  const { platform, closed } = observed();
  await platform.close();
  await platform.close();
  expect(closed).toEqual(inReverse);
});
