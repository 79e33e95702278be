// Prism, which knows nothing of us but docs/openapi.json, and `charter mock` have to agree:
// `npm run check:prism --prefix tests/checks`. As mocks both answer every operation, and every status
// that it declares, with what the document promises; and in front of our mock Prism finds no violation.
// `-- --good` asks for good answers alone.
import { published } from '../../kit/document.ts';
import { isLive, judgeBy } from '../../kit/documented.ts';
import { exampleOf, targets } from './requests.ts';
import { type Server, startOurs, startPrism } from './servers.ts';

const judges = {
  ours: judgeBy(published),
  // What stands on every answer is an extension of ours, which Prism does not know.
  its: judgeBy({ ...published, document: { ...published.document, 'x-every-answer': {} } }),
};
const servers: Server[] = [];
const onlyGood = process.argv.includes('--good');
const faults: string[] = [];
let count = 0;

/** `judged` is Prism in front of our mock. */
type Asked = 'ours' | 'prism' | 'judged';

/** Something that both are asked for. */
interface Case {
  readonly target: (typeof targets)[number];
  readonly prefer: string | undefined;
}

/**
 * 304 answers a condition, and no wish. Where somebody is led elsewhere, it is said what is wished for:
 * Prism takes `default`, which stands for whatever else may be answered there, for a success.
 */
const cases: readonly Case[] = targets.flatMap((target) => {
  const declared = Object.keys(target.operation.responses);
  const statuses = declared.filter((status) => /^\d+$/.test(status) && status !== '304');
  const wishes = statuses
    .filter((status) => !onlyGood || status === '303')
    .map((status) => `code=${status}`);
  return [...(declared.includes('default') ? [] : [undefined]), ...wishes].map((prefer) => ({
    target,
    prefer,
  }));
});

try {
  const ours = await started(startOurs());
  const prism = await started(startPrism());
  const judged = await started(startPrism(ours));
  const waiting = [...cases];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await tell(next, { ours, prism, judged });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  // Else one that judges nothing would be content with everything.
  const odd = `${judged}/api/v1/permissions?no=such`;
  const said = await fetch(odd, { headers: { accept: 'text/nonsense' } });
  if (!(await said.text()).includes('stoplight.io')) faults.push('Prism takes whatever it is sent');
} finally {
  for (const server of servers) server.stop();
}
for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
process.stdout.write(
  `${targets.length} operations, ${cases.length} cases, ${count} answers, ${faults.length} faults.\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Kept from when it runs, so that it is stopped although another does not start. */
async function started(starting: Promise<Server>): Promise<string> {
  const server = await starting;
  servers.push(server);
  return server.url;
}

async function tell({ target, prefer }: Case, urls: Record<Asked, string>): Promise<void> {
  const name = `${target.operation.operationId}${prefer ? ` (${prefer})` : ''}`;
  const ask = async (who: string, url: string, { assertDocumented } = judges.ours) => {
    const request = exampleOf(url, target, prefer);
    const response = await fetch(request);
    count += 1;
    const violations = response.headers.get('sl-violations');
    if (violations) faults.push(`${name}, ${who}: ${violations}`);
    const text = isLive(response) ? undefined : await response.clone().text();
    await assertDocumented(request, response).catch((error: Error) => {
      faults.push(`${name}, ${who}: ${error.message} ${text?.slice(0, 300)}`);
    });
    return response;
  };
  try {
    const mine = await ask('our mock', urls.ours);
    const its = await ask('Prism', urls.prism, judges.its);
    if (mine.status !== its.status) {
      faults.push(`${name}: our mock answers ${mine.status}, Prism ${its.status}`);
    }
    // Prism reads all of an answer before it judges, and a stream has no end; a redirect it follows.
    if (isLive(mine) || mine.status === 303) return;
    const between = await ask('Prism in front of our mock', urls.judged);
    if (between.status !== mine.status) {
      faults.push(`${name}: ${mine.status} becomes ${between.status} behind Prism`);
    }
  } catch (error) {
    faults.push(`${name}: ${(error as Error).message}`);
  }
}
