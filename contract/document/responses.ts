import { deprecated } from '../kit/facets/deprecated.ts';
import { limit } from '../kit/facets/limit.ts';
import { headers, onRefusal } from '../kit/headers.ts';
import type { Json } from '../kit/json.ts';
import { codesByStatus, type Operation } from '../kit/operations.ts';
import type { ProblemCode } from '../kit/problems.ts';
import { byName } from './components.ts';
import { promised, refer, usual } from './promises.ts';
import { type Answer, exampleOf, refusalName, refusalOf, type Shape } from './refusals.ts';

/**
 * The answers of operations. A refusal by one code, told as most operations tell it, is a component
 * that is called after the code; every other one stands in its operation. So no name says what an
 * operation may refuse with, and none changes when it may refuse with more.
 */
export class ResponseComponents {
  readonly #refusals = new Map<string, Answer>();
  readonly #examples = new Map<string, Json>();
  /** The headers that facets of some operation tell. */
  readonly #told = new Set<string>();

  of(operation: Operation, sketches: Record<string, Json>): Record<string, Json> {
    for (const name of operation.headers) this.#told.add(name);
    const promises = promised(operation, sketches);
    const answers: Record<string, Json> = { ...promises };
    for (const [status, codes] of codesByStatus(operation.problems, operation.errors)) {
      const promise = promises[status];
      const refusal = this.#refusal(operation, status, codes);
      answers[status] = promise ? either(promise, refusal) : this.#named(operation, codes, refusal);
    }
    // Linters and generators want a good answer of every operation, and one that redirects has none.
    const hasGood = Object.keys(promises).some((status) => status.startsWith('2'));
    return hasGood ? answers : { ...answers, default: noOther };
  }

  sorted() {
    // Sent by no operation: `Allow` stands in the answers of the server, others are for what is deprecated.
    const unsent = ['Allow', ...deprecated.headers.filter((name) => !this.#told.has(name))];
    const ofOperations = Object.entries(headers).filter(([name]) => !unsent.includes(name));
    return {
      headers: Object.fromEntries(ofOperations),
      responses: byName(this.#refusals),
      examples: byName(this.#examples),
    };
  }

  #refusal(operation: Operation, status: number, codes: ProblemCode[]): Answer {
    const { errors: shape } = operation;
    const headers = {
      ...refer([...usual(operation), ...(onRefusal[status] ?? [])]),
      ...(codes.some((code) => mayPass.has(code)) && sometimesLater),
    };
    const examples = Object.fromEntries(codes.map((code) => [code, this.#example(code, shape)]));
    return refusalOf(status, codes, { headers, examples, shape });
  }

  /** A component: most codes stand in many answers. */
  #example(code: ProblemCode, shape: Shape): Json {
    const name = refusalName(code, shape);
    this.#examples.set(name, exampleOf(code, shape));
    return { $ref: `#/components/examples/${name}` };
  }

  /** @throws where another answer has the name: one of the two would be described as the other. */
  #named(operation: Operation, [code, ...more]: ProblemCode[], refusal: Answer): Json {
    if (!code || more.length > 0 || !isToldAsMost(operation)) return refusal;
    const name = refusalName(code);
    const known = this.#refusals.get(name) ?? refusal;
    if (JSON.stringify(known) !== JSON.stringify(refusal)) {
      throw new Error(`Two different answers would be called ${name} in the document`);
    }
    this.#refusals.set(name, refusal);
    return { $ref: `#/components/responses/${name}` };
  }
}

/** As a problem, and counted against a limit; its facets tell nothing else. */
function isToldAsMost({ errors, headers }: Operation): boolean {
  return errors === undefined && String(headers) === String(limit.headers);
}

/** Refusals that pass by themselves, beside others of their status. */
const mayPass: ReadonlySet<ProblemCode> = new Set(['idempotency_key_in_use']);
const sometimesLater = { 'Retry-After': { ...headers['Retry-After'], required: false } };

const noOther = { description: 'No other answer is promised.' };

/** One status for a promise and a refusal: they differ in their media type. */
function either(promise: Answer, refusal: Answer): Answer {
  return {
    description: `${promise.description} Or ${refusal.description}`,
    headers: { ...promise.headers, ...refusal.headers },
    content: { ...promise.content, ...refusal.content },
  };
}
