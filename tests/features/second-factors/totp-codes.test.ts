import { expect, it } from 'vitest';
import { newSecret, spelled, stepOf } from '../../../server/features/second-factors/totp-codes.ts';
import { codeOf } from '../../kit/second-factors.ts';

// RFC 6238, appendix B, cut to six digits.
const secret = Buffer.from('12345678901234567890');

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('knows the code of second %i', async (second, code) => {
  const now = new Date(second * 1000);
  expect(await stepOf(code, secret, { now, windowSteps: 0 })).toBe(Math.floor(second / 30));
});

it('takes as many steps before and after as the window is wide, and no other', async () => {
  const [own, now] = [newSecret(), new Date(1_800_000_000_000)];
  const step = now.getTime() / 30_000;
  const found = await Promise.all(
    [-2, -1, 0, 1, 2].map((away) => {
      const code = codeOf(spelled(own), new Date(now.getTime() + away * 30_000));
      return stepOf(code, own, { now, windowSteps: 1 });
    }),
  );
  expect(found).toEqual([undefined, step - 1, step, step + 1, undefined]);
});

it.each(['', '28708', '2870821', 'abcdef'])('knows no code %j', async (code) => {
  expect(await stepOf(code, secret, { now: new Date(59_000), windowSteps: 1 })).toBeUndefined();
});
