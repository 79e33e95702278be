import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../contract/index.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { findOperation } from './document.ts';
import { excused } from './excused.ts';

const noted = new Set<string>();

/**
 * Writes down that an operation was seen to answer so, where a whole run asks for it: a line for
 * each kind of answer, in a file of the worker's own, so that workers do not meet.
 */
export async function noteAnswer(request: Request, response: Response): Promise<void> {
  const folder = process.env.CHARTER_TEST_ANSWERS;
  const found = folder && findOperation(request.method, new URL(request.url).pathname);
  if (!found) return;
  const isProblem = response.headers.get('content-type')?.includes('/problem+');
  const kind = isProblem ? ((await response.json()) as { code: string }).code : response.status;
  const answer = `${found.operation.operationId} ${kind}`;
  if (noted.has(answer)) return;
  noted.add(answer);
  appendFileSync(join(folder, String(process.pid)), `${answer}\n`);
}

/** Every answer that the contract declares: the operation, and the status or the code. */
export function declaredAnswers(): string[] {
  return operationsOf(contract).flatMap(({ operationId, problems, route }) =>
    [...problems, ...Object.keys(route.responses)].map((kind) => `${operationId} ${kind}`),
  );
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
