import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config/config.ts';
import { databaseUrl } from '../../server/config/environment.ts';
import { mistakesOf } from '../kit/mistakes.ts';

const url = 'postgres://charter:word@db.example:5432/charter';
const secret = 'x'.repeat(32);

const folder = mkdtempSync(join(tmpdir(), 'charter-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('a secret in a file', () => {
  it('is read without the line break at its end', () => {
    const SECRET_KEYS_FILE = fileOf('keys', `${secret},${'y'.repeat(32)}\n`);
    const DATABASE_URL_FILE = fileOf('url', `${url}\n`);
    expect(readConfig({}, { SECRET_KEYS_FILE, DATABASE_URL_FILE })).toMatchObject({
      secrets: { keys: [secret, 'y'.repeat(32)] },
      database: { url },
    });
    expect(databaseUrl({ DATABASE_URL_FILE })).toBe(url);
  });

  it('is a mistake beside the setting itself', () => {
    const SECRET_KEYS_FILE = fileOf('twice', secret);
    expect(mistakesOf({ DATABASE_URL: url, SECRET_KEYS: secret, SECRET_KEYS_FILE })).toEqual([
      'SECRET_KEYS: is set twice; remove SECRET_KEYS or SECRET_KEYS_FILE',
    ]);
  });

  it('is one mistake when it cannot be read', () => {
    const SECRET_KEYS_FILE = join(folder, 'missing');
    expect(mistakesOf({ DATABASE_URL: url, SECRET_KEYS_FILE })).toEqual([
      expect.stringContaining('SECRET_KEYS_FILE: cannot be read (ENOENT'),
    ]);
  });

  it('is a mistake when it is empty', () => {
    const SECRET_KEYS_FILE = fileOf('empty', '\n');
    expect(mistakesOf({ DATABASE_URL: url, SECRET_KEYS_FILE })).toHaveLength(1);
  });
});
