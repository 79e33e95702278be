import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A line of the log, as JSON holds it. */
export type Line = Readonly<Record<string, unknown>> & { readonly msg?: unknown };

const folder = process.env.CHARTER_TEST_LINES;
const known = new Set<string>();

/**
 * With `CHARTER_TEST_LINES`, lines that services write while tests run are written down in that folder: the
 * first of each kind, in a file of the worker's own.
 */
export function recordLine(line: Line): void {
  if (folder === undefined || typeof line.msg !== 'string') return;
  const kind = line.msg.replaceAll(/\d+/g, '0');
  if (known.has(kind)) return;
  known.add(kind);
  appendFileSync(join(folder, String(process.pid)), `${JSON.stringify(line)}\n`);
}

/** Of what a process has written; what is no JSON is for people. */
export function recordOutput(text: string): void {
  if (folder === undefined) return;
  for (const line of text.split('\n')) if (line.startsWith('{"level"')) recordText(line);
}

function recordText(text: string): void {
  try {
    recordLine(JSON.parse(text) as Line);
  } catch {
    // It was killed while it wrote.
  }
}

export function recordedLines(from: string): Line[] {
  const files = readdirSync(from).map((name) => readFileSync(join(from, name), 'utf8'));
  const lines = files.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  return lines.map((line) => shown(JSON.parse(line) as Line));
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As a page may hold it: of stacks the first frame, and no folder of the machine. */
function shown(line: Line): Line {
  const text = JSON.stringify(line, (key, value) =>
    key === 'stack' && typeof value === 'string' ? firstFrame(value) : value,
  );
  const elsewhere = text
    .replaceAll(pathToFileURL(root).href, '…/')
    .replaceAll(root, '…/')
    .replaceAll(`${tmpdir()}/`, '…/')
    .replaceAll(/\?vitest=\d+/g, '');
  return JSON.parse(elsewhere) as Line;
}

function firstFrame(stack: string): string {
  const frames = stack.split('\n').filter((frame) => /^\s+at /.test(frame));
  const ours = frames.find((frame) => !/node_modules|node:|tests\//.test(frame)) ?? frames[0];
  const words = stack.split(/\n\s+at /, 1)[0] ?? '';
  return ours === undefined ? words : `${words}\n${ours}\n    …`;
}
