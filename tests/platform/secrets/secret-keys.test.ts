import { describe, expect, it } from 'vitest';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';

const older = 'the older secret of at least 32 characters';
const newer = 'the newer secret of at least 32 characters';
const keys = new SecretKeys([older]);
const rotated = new SecretKeys([newer, older]);

describe('a sealed value', () => {
  const sealed = keys.seal('hunter2', 'table:row-1');

  it('opens where it belongs', () => {
    expect(keys.open(sealed, 'table:row-1')).toBe('hunter2');
  });

  it('shows nothing of what it holds, and never looks the same twice', () => {
    expect(sealed).not.toContain('hunter2');
    expect(keys.seal('hunter2', 'table:row-1')).not.toBe(sealed);
  });

  it('does not open in another row', () => {
    expect(() => keys.open(sealed, 'table:row-2')).toThrow();
  });

  it.each([0, 1, 2, 3])('does not open when its part %s was changed', (index) => {
    const parts = sealed.split('.');
    parts[index] = `${parts[index]?.startsWith('A') ? 'B' : 'A'}${parts[index]?.slice(1)}`;
    expect(() => keys.open(parts.join('.'), 'table:row-1')).toThrow();
  });

  it.each(['', 'a', 'a.b', 'a.b.c', '...', 'plain text'])('is never %j', (value) => {
    expect(() => keys.open(value, 'table:row-1')).toThrow();
  });

  it('does not open with a tag that was cut short', () => {
    const [id, iv, content, tag = ''] = sealed.split('.');
    const cut = [id, iv, content, tag.slice(0, 6)].join('.');
    expect(() => keys.open(cut, 'table:row-1')).toThrow();
  });

  it('may hold nothing, or any text', () => {
    for (const text of ['', '李雷 👩‍💻', 'a.b.c']) {
      expect(keys.open(keys.seal(text, 'row'), 'row')).toBe(text);
    }
  });
});

describe('a ring of secrets', () => {
  it('opens and verifies what the older one made', () => {
    expect(rotated.open(keys.seal('hunter2', 'row'), 'row')).toBe('hunter2');
    expect(rotated.isSigned('text', keys.sign('text'))).toBe(true);
  });

  it('seals and signs with the newest', () => {
    const alone = new SecretKeys([newer]);
    expect(alone.open(rotated.seal('hunter2', 'row'), 'row')).toBe('hunter2');
    expect(alone.isSigned('text', rotated.sign('text'))).toBe(true);
  });

  it('forgets what a removed one made', () => {
    const alone = new SecretKeys([newer]);
    expect(() => alone.open(keys.seal('hunter2', 'row'), 'row')).toThrow(
      'no longer in SECRET_KEYS',
    );
    expect(alone.isSigned('text', keys.sign('text'))).toBe(false);
  });

  it('is never empty', () => {
    expect(() => new SecretKeys([])).toThrow('At least one');
  });
});

describe('a signature', () => {
  it.each(['', 'AAAA', 'not base64url!', 'A'.repeat(43)])('is never %j', (signature) => {
    expect(keys.isSigned('text', signature)).toBe(false);
  });

  it('holds for its text only', () => {
    expect(keys.isSigned('texts', keys.sign('text'))).toBe(false);
  });
});
