import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventName } from '../../contract/events.ts';
import { contract } from '../../contract/index.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { findOperation } from './document.ts';
import { excused } from './excused.ts';
import { eventsOwed } from './tells.ts';

const noted = new Set<string>();

/**
 * Writes down that an operation was seen to answer so, where a whole run asks for it: a line for
 * each kind of answer, in a file of the worker's own, so that workers do not meet.
 */
export async function noteAnswer(request: Request, response: Response): Promise<void> {
  const isAsked = process.env.CHARTER_TEST_ANSWERS !== undefined;
  const found = isAsked && findOperation(request.method, new URL(request.url).pathname);
  if (!found) return;
  const code = response.ok ? undefined : codeIn(response.headers, await response.text());
  const kind = code ?? response.status;
  note(`${found.operation.operationId} ${kind}`);
}

/** The code of a refusal, whichever shape it has: OAuth's names the page of its problem. */
export function codeIn(headers: Headers, text: string): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (type.includes('/problem+')) return (JSON.parse(text) as { code: string }).code;
  const { error_uri: page } = (type.includes('json') ? JSON.parse(text) : {}) as {
    error_uri?: string;
  };
  return page?.split('/').at(-1);
}

/** Writes down that an operation was seen to leave its entry in the audit. */
export function noteEntry(operationId: string): void {
  note(`${operationId} ${entry}`);
}

/** Writes down that an operation was seen to tell of something. */
export function noteEvent(operationId: string, event: EventName): void {
  note(eventLine(operationId, event));
}

const eventLine = (operationId: string, event: EventName) => `${operationId} tells ${event}`;

const entry = 'audit entry';

function note(line: string): void {
  const folder = process.env.CHARTER_TEST_ANSWERS;
  if (!folder || noted.has(line)) return;
  noted.add(line);
  appendFileSync(join(folder, String(process.pid)), `${line}\n`);
}

/**
 * Every answer that the contract declares: the operation, and the status or the code. What is not a
 * read owes an entry in the audit besides, and the events that it is for.
 */
export function declaredAnswers(): string[] {
  const events = eventsOwed().map(([operationId, event]) => eventLine(operationId, event));
  const answers = operationsOf(contract).flatMap(
    ({ operationId, problems, route, conditional }) => {
      const owed = route.method === 'GET' ? (conditional ? ['304'] : []) : [entry];
      return [...problems, ...Object.keys(route.responses), ...owed].map(
        (kind) => `${operationId} ${kind}`,
      );
    },
  );
  return [...answers, ...events];
}

/** What is wrong: a declared answer that no test has seen, an excuse that nothing needs. */
export function unprovoked(folder: string): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const seen = new Set(files.flatMap((text) => text.split('\n')));
  const declared = declaredAnswers();
  const missing = declared.filter((answer) => !seen.has(answer) && !(answer in excused));
  const needless = Object.keys(excused).filter((one) => seen.has(one) || !declared.includes(one));
  return [...missing, ...needless.map((answer) => `${answer}, which needs no excuse any more`)];
}
