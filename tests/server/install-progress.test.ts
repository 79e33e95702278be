import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface Progress {
  follow(npmSays: PassThrough): void;
  end(): void;
}
type Output = { readonly isTTY: boolean; write(text: string): void };

// The launcher is plain JavaScript, without types.
const module = new URL('../../server/launch/install-progress.mjs', import.meta.url);
const { InstallProgress } = (await import(module.href)) as {
  InstallProgress: new (output: Output, registry: string) => Progress;
};

const registry = 'https://registry.example/';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** What a person sees, while npm says what `tell` is given. */
function watch({ isTTY }: { isTTY: boolean }) {
  const npmSays = new PassThrough();
  const seen: string[] = [];
  const output = { isTTY, write: (text: string) => void seen.push(text) };
  const progress = new InstallProgress(output, registry);
  progress.follow(npmSays);
  const tell = async (...lines: string[]) => {
    for (const line of lines) npmSays.write(`${line}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { tell, seen: () => seen.join(''), progress };
}

const fetched = (name: string) =>
  `npm http fetch GET 200 ${registry}${name}/-/${name}-1.0.0.tgz 12ms (cache miss)`;

it('counts on a terminal, in one line', async () => {
  const { tell, seen, progress } = watch({ isTTY: true });
  await tell(fetched('a'), fetched('b'), `npm http cache ${registry}c 1ms (cache hit)`);
  vi.advanceTimersByTime(2_000);
  expect(seen()).toContain('\r  3 packages fetched, 2 s');
  expect(seen()).not.toContain('\n');
  progress.end();
  expect(seen().endsWith('\r\x1b[K')).toBe(true);
});

it('writes a plain line now and then elsewhere', async () => {
  const { tell, seen, progress } = watch({ isTTY: false });
  vi.advanceTimersByTime(5_000);
  await tell(fetched('a'));
  vi.advanceTimersByTime(5_000);
  expect(seen()).toBe('  1 packages fetched, 10 s\n');
  progress.end();
});

it('says what is awaited after a while without news, more and more rarely', async () => {
  const { seen, progress } = watch({ isTTY: false });
  vi.advanceTimersByTime(9_000);
  expect(seen()).toBe('');
  vi.advanceTimersByTime(61_000);
  const lines = seen().trim().split('\n');
  expect(lines.map((line) => /for (\d+) s/.exec(line)?.[1])).toEqual(['10', '20', '40']);
  for (const line of lines) expect(line).toContain(`waits for ${registry}: is the network up`);
  progress.end();
});

it('says at once, and once, that the registry cannot be asked', async () => {
  const { tell, seen, progress } = watch({ isTTY: false });
  const failure = `npm http fetch GET ${registry}a attempt 1 failed with ENOTFOUND`;
  await tell(failure, failure, failure);
  expect(seen()).toMatch(/^The registry could not be asked \(ENOTFOUND\).*npm config[^\n]*\n$/);
  progress.end();
});

it('passes on the errors of npm, and no warnings', async () => {
  const { tell, seen, progress } = watch({ isTTY: false });
  await tell('npm warn EBADENGINE unsupported', 'npm error code E404', 'npm ERR! old words');
  expect(seen()).toBe('npm error code E404\nnpm ERR! old words\n');
  progress.end();
});
