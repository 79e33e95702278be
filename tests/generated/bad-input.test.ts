import { beforeAll, describe, expect, it } from 'vitest';
import { hasInput, type Operation } from '../../contract/kit/operations.ts';
import type { InputError } from '../../contract/kit/problems.ts';
import { useApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { contentOf } from '../kit/content.ts';
import { named } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';
import { badPaths, badQueries } from './bad-addresses.ts';
import { type Bad, badBodies } from './bad-bodies.ts';
import { isEchoed } from './marker.ts';
import { sample } from './sample.ts';
import { withoutNames } from './scenario.ts';

const app = useApp();
let administrator: Record<string, string>;
/** What is stored, as the last test left it. */
let content: Record<string, string>;

beforeAll(async () => {
  administrator = (await quickSession(app, { roles: ['admin'] })).headers;
  content = await contentOf(app);
});

const bad = named.filter(([, { route }]) => hasInput(route));
const badOf = (list: (operation: Operation) => Bad[]) =>
  bad.filter(([, operation]) => list(operation).length > 0);

describe.each([
  ['body', badBodies],
  ['path', badPaths],
  ['query', badQueries],
])('a bad %s', (_part, list) => {
  it.each(badOf(list))(
    'is refused by %s, says where, and leaves nothing',
    async (_name, operation) => {
      const cases = sample(list(operation), operation, {
        perKind: 4,
        kindOf: ({ status }) => status,
      });
      expect(await surprisesOf(operation, cases)).toEqual([]);
      const before = content;
      content = await contentOf(app);
      expect(content).toEqual(before);
    },
  );
});

const atOnce = 16;

/** What was answered otherwise than it should. */
async function surprisesOf(operation: Operation, cases: readonly Bad[]): Promise<string[]> {
  const surprises: string[][] = [];
  for (let at = 0; at < cases.length; at += atOnce) {
    const batch = cases.slice(at, at + atOnce).map((one) => surpriseOf(operation, one));
    surprises.push(...(await Promise.all(batch)));
  }
  return surprises.flat();
}

async function surpriseOf(operation: Operation, { what, input, status, places = [] }: Bad) {
  const headers = { ...administrator, ...input.headers };
  try {
    const answer = await ask(app, operation, { ...input, headers });
    const found = new Set(placesOf(answer));
    const missing = places.filter((place) => !found.has(place));
    return [
      ...(answer.status === status ? [] : [`${what}: ${answer.status}, not ${status}`]),
      ...(isEchoed(withoutNames(answer.text) + JSON.stringify(answer.headers))
        ? [`${what}: is echoed`]
        : []),
      ...errorsOf(answer)
        .filter(isForeign)
        .map(({ message }) => `${what}: says ${message}`),
      ...(missing.length > 0 ? [`${what}: ${missing.join()} not named`] : []),
    ];
  } catch (error) {
    return [`${what}: ${String(error)}`];
  }
}

/** In the words of a library, or by a rule that the catalogue does not name. */
function isForeign({ code, message }: InputError): boolean {
  return code === 'broken_rule' || /^Invalid|received|pattern|undefined|NaN/.test(message);
}

function placesOf(answer: Answer): string[] {
  return errorsOf(answer).map(({ path }) => path.split('.')[0] ?? '');
}

function errorsOf({ text }: Answer): InputError[] {
  return text ? ((JSON.parse(text) as { errors?: InputError[] }).errors ?? []) : [];
}
