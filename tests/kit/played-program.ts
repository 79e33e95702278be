import { spawnSync } from 'node:child_process';
import {
  chmod,
  cp,
  glob,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
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
 * remember things in as `$memory`. The terminal is lost when it is called with what `HANGS_UP` matches.
 */
export async function playProgram(name: string, plays: string) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'charter-played-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(deployFolder, join(folder, 'deploy'), { recursive: true });
  const calls = join(folder, 'calls');
  const hangsUp = '[[ -z "$HANGS_UP" || ! "$*" =~ $HANGS_UP ]] || kill -HUP $PPID';
  const lines = [`memory=${folder}`, `echo "$*" >>${calls}`, hangsUp, plays];
  await writeFile(join(folder, name), ['#!/usr/bin/env bash', ...lines].join('\n'));
  await chmod(join(folder, name), 0o755);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const run = async (
    script: string,
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ) => {
    await writeFile(calls, '');
    const { status, stdout, stderr } = spawnSync('bash', [join('deploy', script), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, TMPDIR: temporary, ...env },
    });
    const called = (await readFile(calls, 'utf8')).split('\n').filter(Boolean);
    // What it said when there was no terminal any more.
    const logs = await Array.fromAsync(glob(join(temporary, 'charter-roll-out.*')));
    const unseen = await Promise.all(logs.map((log) => readFile(log, 'utf8')));
    return { status, said: [stdout, stderr, ...unseen].join(''), calls: called } satisfies Ended;
  };
  return Object.assign(run, { folder });
}
