import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { yamlOf } from '../../contract/document/yaml.ts';
import { charter } from '../kit/command.ts';

const published = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');

describe('openapi', () => {
  it('writes the published document, with no environment and no database', async () => {
    vi.stubEnv('DATABASE_URL', '');
    vi.stubEnv('NODE_ENV', 'production');
    const { code, out } = await charter(['openapi']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(published));
  });

  it('writes it into a file of the folder in which somebody called, though npm runs us elsewhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'charter-openapi-'));
    vi.stubEnv('INIT_CWD', folder);
    const file = join(folder, 'openapi.json');
    const { code, out, err } = await charter(['openapi', '--out', 'openapi.json']);
    const written = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect([code, out, err]).toEqual([0, '', `Wrote ${file}.`]);
    expect(JSON.parse(written)).toEqual(JSON.parse(published));
  });

  it('writes it as YAML, as the service serves it', async () => {
    const { code, out } = await charter(['openapi', '--yaml']);
    expect(code).toBe(0);
    expect(`${out}\n`).toBe(yamlOf(JSON.parse(published)));
  });

  it('fails without a stack where the file cannot be written', async () => {
    const { code, err } = await charter(['openapi', '--out', '/nowhere/at/all.json']);
    expect(code).toBe(1);
    expect(err).toMatch(/^The document cannot be written: ENOENT.*$/);
  });
});

describe('charter', () => {
  it.each([
    ['an unknown command', ['brew']],
    ['an unknown flag', ['migrate', '--fast']],
    ['a flag without its value', ['openapi', '--out']],
    ['two flags that exclude each other', ['openapi', '--yaml', '--json']],
    ['an unknown command of a group', ['admin', 'promote']],
    ['an argument too many', ['migrate', 'now']],
    ['a group without a command', ['admin']],
    ['nothing', []],
  ])('ends with 2 for %s', async (_what, args) => {
    const { code, err } = await charter(args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('answers wrong usage as JSON where JSON was asked for', async () => {
    const { code, out } = await charter(['brew', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'usage' });
  });

  it.each([[['--help']], [['admin', '--help']], [['help']], [['admin', 'create', '--help']]])(
    'explains itself with %j and ends with 0',
    async (args) => {
      const { code, out } = await charter(args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: charter');
    },
  );
});

describe('in production', () => {
  it('tells every mistake of the configuration at once, and makes nothing up', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const { code, err } = await charter(['migrate']);
    expect(code).toBe(1);
    expect(err).toMatch(/DATABASE_URL: .*\n.*SECRET_KEYS: .*\n.*PUBLIC_URL: /);
  });
});
