// Holds a running deployment to the document that it hands out:
// `npm run check:conformance -- http://127.0.0.1:3000 --accounts accounts.txt --yes`
import { readFile } from 'node:fs/promises';
import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { openProgress } from '../../server/cli/progress.ts';
import { originOf } from '../../server/cli/service-address.ts';
import { readDocument } from '../kit/document.ts';
import { accountsAt, strangers } from './callers.ts';
import { type Driven, drive, goodIn, isProven } from './drive.ts';
import { givenBy } from './given.ts';

const usage = `npm run check:conformance -- <url> --yes [--accounts <file>] [--requests 2000] [--seed 1] [--json]

Drives every operation of the document at <url>/api/v1/openapi.json, with good and with bad input, and compares
each answer with it. It creates, changes and removes what it can: not for a deployment whose data anybody needs,
and so only with --yes. <file> has a caller on each line: an e-mail address or username, a space and the password, or an API
key alone. Without one, it drives as a stranger.`;

async function main(): Promise<number> {
  const { address, accounts, requests, seed, json, help, isAgreed } = given();
  if (help || address === undefined || !isAgreed) return said(usage, help ? 0 : 2);
  const url = originOf(address, 'the file of --accounts');
  const answer = await fetch(`${url}/api/v1/openapi.json`).catch((error: Error) => {
    const { code } = (error.cause ?? {}) as { code?: string };
    throw new Error(
      `Nobody answers at ${url} (${code ?? error.message}). Is it running, and is that its port?`,
    );
  });
  if (!answer.ok) return said(`There is no document at ${answer.url}: ${answer.status}.`, 1);
  const lines = accounts === undefined ? [] : await linesOf(accounts);
  const progress = openProgress(process.stderr, 'conformance', requests);
  const driven = await drive({
    url,
    read: readDocument((await answer.json()) as OpenApiDocument),
    requests,
    seed,
    callers: lines.length > 0 ? accountsAt(url, lines) : strangers,
    onStep: (done) => progress.at(done),
  });
  progress.end();
  return json ? toldAsJson(driven) : told(driven, seed);
}

function given() {
  try {
    return givenBy(process.argv.slice(2));
  } catch (error) {
    said(`${(error as Error).message}\n\n${usage}`, 2);
    process.exit(2);
  }
}

function told(driven: Driven, seed: number): number {
  const { statuses, deviations, operations } = driven;
  for (const { operation, what, request } of deviations.slice(0, 50)) {
    process.stdout.write(`✗ ${operation}: ${what}\n    ${request}\n`);
  }
  const answers = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`);
  const good = goodIn(driven);
  const nothing = good === 0 ? 'Nothing answered well, so nothing is proven. ' : '';
  const limited = statuses[429] ? ' Many were limited (429): raise RATE_LIMIT_… there.' : '';
  process.stdout.write(
    `${answers.join(', ')}. ${good} of ${operations.size} operations answered well.${limited}\n${nothing}${deviations.length} deviations (seed ${seed}).\n`,
  );
  return isProven(driven) ? 0 : 1;
}

function toldAsJson(driven: Driven): number {
  const { statuses, deviations, operations } = driven;
  const ok = isProven(driven);
  const asked = Object.fromEntries(operations);
  process.stdout.write(`${JSON.stringify({ ok, statuses, deviations, operations: asked })}\n`);
  return ok ? 0 : 1;
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function said(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

process.exitCode = await main().catch((error: Error) => said(error.message, 1));
