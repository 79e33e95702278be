import { describe, expect, it, vi } from 'vitest';
import { HashQueue } from '../../../server/features/passwords/hash-queue.ts';
import { PasswordHashes } from '../../../server/features/passwords/hashes.ts';

const passwords = new PasswordHashes({ memoryKib: 19_456 });

describe('a password', () => {
  it('is right against its own hash only', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    expect(await passwords.verify(hash, 'correct horse ')).toBe(false);
  });

  it('has another hash every time, with the parameters inside', async () => {
    const [one, two] = [await passwords.hash('same'), await passwords.hash('same')];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([null, undefined])('of an account without one (%s) is never right', async (hash) => {
    expect(await passwords.verify(hash, 'anything')).toBe(false);
    expect(await passwords.verify(hash, '')).toBe(false);
  });

  it('of an account without one costs a verification all the same', async () => {
    const queue = new HashQueue();
    const run = vi.spyOn(queue, 'run');
    await new PasswordHashes({ memoryKib: 19_456, queue }).verify(null, 'anything');
    expect(run).toHaveBeenCalledOnce();
  });

  it('may be any text', async () => {
    for (const text of ['', '👩‍💻 李雷', 'x'.repeat(128), 'a\0b']) {
      expect(await passwords.verify(await passwords.hash(text), text)).toBe(true);
    }
    expect(await passwords.verify(await passwords.hash('a\0b'), 'a')).toBe(false);
  });
});

describe('a hash', () => {
  it('is outdated when it was made with other parameters', async () => {
    const older = '$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0$aGFzaA';
    expect(passwords.isOutdated(older)).toBe(true);
    expect(passwords.isOutdated(await passwords.hash('x'))).toBe(false);
  });
});
