import { Chance } from '../kit/chance.ts';
import type { ReadDocument } from '../kit/document.ts';
import { isLive, type Judge, judgeBy } from '../kit/documented.ts';
import { boundary, part, tinyPicture } from '../kit/operations.ts';
import type { CallerHeaders, NewCallers } from './callers.ts';
import { type Draft, goodDraft, type Target, Things, targetsOf, textOf } from './good.ts';
import { mistakeNames, mistakes } from './mistakes.ts';

export interface Driving {
  readonly url: string;
  /** As the deployment hands it out. */
  readonly read: ReadDocument;
  readonly requests: number;
  readonly seed: number;
  readonly callers: NewCallers;
  readonly onStep?: (done: number) => void;
}

export interface Deviation {
  readonly operation: string;
  /** What was promised, and what came. */
  readonly what: string;
  /** As one could send it again. */
  readonly request: string;
}

export interface Driven {
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly deviations: readonly Deviation[];
  /** Operation → how often it was asked, and how often the answer was good. */
  readonly operations: ReadonlyMap<string, { asked: number; good: number }>;
}

export function goodIn({ operations }: Driven): number {
  return [...operations.values()].filter((one) => one.good > 0).length;
}

/** A deployment that refuses everything deviates in nothing, and proves as much. */
export function isProven(driven: Driven): boolean {
  return driven.deviations.length === 0 && goodIn(driven) > 0;
}

const atOnce = 8;
const freshEvery = 500;

/** Asks every operation in turn, well and badly, by whoever there is, and holds the answers to the document. */
export async function drive(driving: Driving): Promise<Driven> {
  const { requests, seed, callers, onStep } = driving;
  const run = new Run(driving, new Chance(seed));
  for (let done = 0; done < requests; done += freshEvery) {
    const size = Math.min(freshEvery, requests - done);
    await run.round(size, await callers());
    onStep?.(done + size);
  }
  return run;
}

interface Asked {
  readonly draft: Draft;
  /** What is wrong with it; undefined: nothing. */
  readonly mistake: string | undefined;
  readonly caller: CallerHeaders | undefined;
}

class Run implements Driven {
  readonly statuses: Record<string, number> = {};
  readonly deviations: Deviation[] = [];
  readonly operations = new Map<string, { asked: number; good: number }>();
  readonly #driving: Driving;
  readonly #chance: Chance;
  readonly #judge: Judge;
  readonly #targets: readonly Target[];
  readonly #things = new Things();
  #next = 0;

  constructor(driving: Driving, chance: Chance) {
    this.#driving = driving;
    this.#chance = chance;
    this.#judge = judgeBy(driving.read);
    this.#targets = targetsOf(driving.read);
    for (const { operation } of this.#targets) {
      this.operations.set(operation.operationId, { asked: 0, good: 0 });
    }
  }

  async round(size: number, callers: readonly CallerHeaders[]): Promise<void> {
    let left = size;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        await this.#one(this.#ask(callers));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  #ask(callers: readonly CallerHeaders[]): Asked {
    const chance = this.#chance;
    const target = this.#targets[this.#next % this.#targets.length] as Target;
    this.#next += 1;
    const good = goodDraft(this.#driving.read, target, chance, this.#things);
    const isStranger = callers.length === 0 || chance.oneIn(8);
    const caller = isStranger ? undefined : chance.of(callers);
    const mistake = chance.oneIn(2) ? chance.of(mistakeNames) : undefined;
    const draft = mistake && mistakes[mistake]?.(good, chance, this.#driving.read);
    return draft ? { draft, mistake, caller } : { draft: good, mistake: undefined, caller };
  }

  async #one(asked: Asked): Promise<void> {
    const request = requestOf(this.#driving.url, asked);
    const shown = shownAs(asked, request);
    const { operationId } = asked.draft.target.operation;
    const tell = (what: string) =>
      void this.deviations.push({ operation: operationId, what, request: shown });
    const answer = await fetch(request).catch((error: Error) =>
      tell(`no answer: ${error.message}`),
    );
    if (!answer) return;
    this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1;
    const count = this.operations.get(operationId);
    if (count) count.asked += 1;
    if (count && answer.status < 400) count.good += 1;
    const { judged, text } = await readWhole(answer);
    await this.#judge.assertDocumented(request, judged).catch((error: Error) => {
      tell(error.message);
    });
    const broken = brokenPromise(asked, answer.status);
    if (broken) tell(broken);
    if (answer.ok) this.#things.note(text);
  }
}

/** The answer with its body at hand. What has no end is judged by its head. */
async function readWhole(answer: Response): Promise<{ judged: Response; text: string }> {
  if (isLive(answer)) return { judged: answer, text: '' };
  const text = await answer.text();
  const { status, headers } = answer;
  return { judged: new Response(text === '' ? null : text, { status, headers }), text };
}

/** What the document says beyond statuses and shapes. */
function brokenPromise({ draft, mistake, caller }: Asked, status: number): string | undefined {
  const { security } = draft.target.operation;
  const isOpen = security.length === 0 || security.some((one) => Object.keys(one).length === 0);
  if (status >= 500 && status !== 501) return `it fails: ${status}`;
  if (!caller && !isOpen && status !== 401 && status !== 403 && status !== 429) {
    return `a stranger gets ${status}, and is not refused`;
  }
  if (mistake && status < 400) return `it takes ${mistake}: ${status}`;
  const isRefused = status === 413 || status === 415;
  return !mistake && isRefused ? `what keeps every schema is refused: ${status}` : undefined;
}

export function requestOf(
  url: string,
  { draft, caller }: Pick<Asked, 'draft' | 'caller'>,
): Request {
  const { target, params, query, headers, type } = draft;
  const path = target.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = String(new URLSearchParams(query));
  const body = bodyOf(draft);
  const isParts = type === 'multipart/form-data';
  const content = isParts ? `${type}; boundary=${boundary}` : type;
  return new Request(`${url}${path}${search && `?${search}`}`, {
    method: target.method.toUpperCase(),
    headers: { ...headers, ...caller, ...(content && { 'Content-Type': content }) },
    redirect: 'manual',
    ...(body !== undefined && { body }),
  });
}

function bodyOf({ fields, raw, type }: Draft): string | undefined {
  if (raw !== undefined || fields === undefined) return raw;
  if (type === 'multipart/form-data') return `${parts(fields)}--${boundary}--\r\n`;
  if (type !== 'application/x-www-form-urlencoded') return JSON.stringify(fields);
  const texts = Object.entries(fields).map(([name, value]) => [name, textOf(value)]);
  return String(new URLSearchParams(texts));
}

/** Fields first, and a picture for the file, which no schema can make. */
function parts(fields: object): string {
  const isFile = (name: string) => name === 'file';
  const sorted = Object.entries(fields).toSorted(
    ([a], [b]) => Number(isFile(a)) - Number(isFile(b)),
  );
  return sorted
    .map(([name, value]) =>
      isFile(name)
        ? part(`name="${name}"; filename="${name}.gif"`, tinyPicture)
        : part(`name="${name}"`, textOf(value)),
    )
    .join('');
}

/** Without the credential, which a report must not hold. */
function shownAs({ draft, caller, mistake }: Asked, { method, url }: Request): string {
  const who = caller ? 'somebody' : 'a stranger';
  const body = bodyOf(draft)?.slice(0, 500);
  return [`${method} ${url} by ${who}`, mistake && `with ${mistake}`, body]
    .filter((part) => part !== undefined)
    .join(', ');
}
