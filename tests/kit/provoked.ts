import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../contract/index.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { findOperation } from './document.ts';
import { excused } from './excused.ts';

/** Where the workers of a whole run write down what was answered; nobody does otherwise. */
export const answersFolder = 'CHARTER_TEST_ANSWERS';

const noted = new Set<string>();

/** One line for each kind of answer, in a file of the worker's own: workers do not meet. */
export async function noteAnswer(request: Request, response: Response): Promise<void> {
  const folder = process.env[answersFolder];
  const found = folder && findOperation(request.method, new URL(request.url).pathname);
  if (!found) return;
  const isProblem = response.headers.get('content-type')?.includes('/problem+');
  const kind = isProblem ? ((await response.json()) as { code: string }).code : response.status;
  const answer = `${found.operation.operationId} ${kind}`;
  if (noted.has(answer)) return;
  noted.add(answer);
  appendFileSync(join(folder, String(process.pid)), `${answer}\n`);
}

/** What the contract declares and no test of the run has seen, without what is excused. */
export function unprovoked(folder: string): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const seen = new Set(files.flatMap((text) => text.split('\n')));
  const declared = operationsOf(contract).flatMap(({ operationId, problems, route }) =>
    [...problems, ...Object.keys(route.responses)].map((kind) => `${operationId} ${kind}`),
  );
  return declared.filter((answer) => !seen.has(answer) && !(answer in excused));
}
