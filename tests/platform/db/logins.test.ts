import { expect, it, onTestFinished, vi } from 'vitest';
import { Logins } from '../../../server/platform/db/logins.ts';

const urlBy = (password: string) => `postgres://charter:${password}@db.example/charter`;

/** A server that lets one password in, and what was tried. */
function serverWith(opens: string) {
  const server = { opens, tried: [] as string[] };
  const connectBy = (logins: Logins) => async () => {
    const { password } = new URL(logins.url);
    server.tried.push(password);
    if (password === server.opens) return password;
    throw Object.assign(new Error('password authentication failed'), { code: '28P01' });
  };
  return { server, connectBy };
}

it('opens by the password before while the server does not know the new one, and then by that', async () => {
  const logins = new Logins(urlBy('one'));
  const { server, connectBy } = serverWith('one');
  const open = () => logins.open(connectBy(logins));
  logins.use(urlBy('two'));
  expect([await open(), await open()]).toEqual(['one', 'one']);
  server.opens = 'two';
  expect([await open(), await open()]).toEqual(['two', 'two']);
  expect(server.tried).toEqual(['two', 'one', 'one', 'one', 'two', 'two']);
});

it('waits for no look while the password before opens', async () => {
  const logins = new Logins(urlBy('one'));
  const { connectBy } = serverWith('one');
  const look = vi.fn(() => new Promise<void>(() => {}));
  logins.onRefused(look);
  logins.use(urlBy('two'));
  expect(await logins.open(connectBy(logins))).toBe('one');
  expect(look).not.toHaveBeenCalled();
});

it('looks for another one when it is refused, once for all who are', async () => {
  const logins = new Logins(urlBy('one'));
  const { connectBy } = serverWith('two');
  const look = vi.fn(async () => logins.use(urlBy('two')));
  logins.onRefused(look);
  const opened = await Promise.all([1, 2, 3].map(() => logins.open(connectBy(logins))));
  expect(opened).toEqual(['two', 'two', 'two']);
  expect(look).toHaveBeenCalledOnce();
});

it('waits for another look where the last was too early to know the password of now', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const logins = new Logins(urlBy('one'));
  const { server, connectBy } = serverWith('two');
  const look = vi.fn(async () => logins.use(urlBy(server.opens)));
  logins.onRefused(look);
  expect(await logins.open(connectBy(logins))).toBe('two');
  server.opens = 'three';
  const opened = Promise.all([1, 2, 3].map(() => logins.open(connectBy(logins))));
  await vi.advanceTimersByTimeAsync(900);
  expect(look).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(100);
  expect(await opened).toEqual(['three', 'three', 'three']);
  expect(look).toHaveBeenCalledTimes(2);
});

it('looks once where that brings nothing, and gives up at once', async () => {
  const logins = new Logins(urlBy('one'));
  const { connectBy } = serverWith('two');
  const look = vi.fn(async () => {});
  logins.onRefused(look);
  await expect(logins.open(connectBy(logins))).rejects.toThrow('password authentication failed');
  expect(look).toHaveBeenCalledOnce();
});

it('waits for a look that takes longer than the rest', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const logins = new Logins(urlBy('one'));
  const { connectBy } = serverWith('three');
  logins.use(urlBy('two'));
  logins.onRefused(async () => {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    logins.use(urlBy('three'));
  });
  const opened = logins.open(connectBy(logins));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await opened).toBe('three');
});

it('gives up where none opens, and tries nothing for another reason', async () => {
  const logins = new Logins(urlBy('one'));
  const { server, connectBy } = serverWith('three');
  await expect(logins.open(connectBy(logins))).rejects.toThrow('password authentication failed');
  expect(server.tried).toEqual(['one']);
  logins.use(urlBy('two'));
  await expect(logins.open(connectBy(logins))).rejects.toThrow('password authentication failed');
  expect(server.tried).toEqual(['one', 'two', 'one']);
  const connect = vi.fn(async () => {
    throw Object.assign(new Error('too many connections'), { code: '53300' });
  });
  await expect(logins.open(connect)).rejects.toThrow('too many');
  expect(connect).toHaveBeenCalledOnce();
});

it('leads to one place only', () => {
  const logins = new Logins(urlBy('one'));
  expect(() => logins.use('postgres://charter:one@elsewhere.example/charter')).toThrow('restart');
});
