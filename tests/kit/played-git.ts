import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** A git before the real one, until the test ends: shell that knows the words of a call as `$*`, and may `exit`. */
export function playGit(plays: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'charter-git-'));
  const { PATH = '' } = process.env;
  vi.stubEnv('PATH', `${folder}:${PATH}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nPATH='${PATH}'\n${plays}\nexec git "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
}
