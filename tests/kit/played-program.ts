import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { deployFolder } from './deploy-files.ts';

export interface Ended {
  readonly status: number | null;
  readonly said: string;
  /** What the program was called with, call by call. */
  readonly calls: readonly string[];
}

/**
 * Runs a script of `deploy/` on a copy of that folder, before a program that is played: an engine or a cluster
 * that is not there. What it plays is bash, which knows the words of a call as `$*`, and a folder to
 * remember things in as `$memory`.
 */
export async function playProgram(name: string, plays: string) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'charter-played-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(deployFolder, join(folder, 'deploy'), { recursive: true });
  const calls = join(folder, 'calls');
  const lines = ['#!/usr/bin/env bash', `memory=${folder}`, `echo "$*" >>${calls}`, plays];
  await writeFile(join(folder, name), lines.join('\n'));
  await chmod(join(folder, name), 0o755);
  return async (script: string, args: readonly string[] = [], env: Record<string, string> = {}) => {
    await writeFile(calls, '');
    const { status, stdout, stderr } = spawnSync('bash', [join('deploy', script), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, ...env },
    });
    const called = (await readFile(calls, 'utf8')).split('\n').filter(Boolean);
    return { status, said: stdout + stderr, calls: called } satisfies Ended;
  };
}
