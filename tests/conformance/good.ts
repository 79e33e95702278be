import type { OpenApiOperation, OpenApiParameter } from '../../contract/document/openapi.ts';
import { seedOf } from '../../contract/document/sample/draw.ts';
import { sampleOf } from '../../contract/document/sample/sample.ts';
import type { Json } from '../../contract/kit/json.ts';
import type { Chance } from '../kit/chance.ts';
import type { ReadDocument } from '../kit/document.ts';

/** An operation of a document, with where it is. */
export interface Target {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

export function targetsOf({ document }: ReadDocument): Target[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** A request as it is put together: what breaks one thing of it leaves the rest as it is. */
export interface Draft {
  readonly target: Target;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Its fields; undefined: it takes none. */
  readonly fields: Json | undefined;
  readonly type: string | undefined;
  /** The body as it is sent, where it is not made of the fields. */
  readonly raw?: string;
}

/** Ids that answers have named: most addresses lead to something then. */
export class Things {
  readonly #ids: string[] = [];

  note(text: string): void {
    const found = text.match(/(?<="id":")[0-9a-f-]{36}(?=")/g) ?? [];
    this.#ids.push(...found.slice(0, 5));
    if (this.#ids.length > 500) this.#ids.splice(0, 100);
  }

  id(chance: Chance): string | undefined {
    return this.#ids.length === 0 ? undefined : chance.of(this.#ids);
  }
}

/** A request that keeps every schema of its operation. */
export function goodDraft(
  read: ReadDocument,
  target: Target,
  chance: Chance,
  things: Things,
): Draft {
  const { operation } = target;
  const { schemas } = read.document.components;
  const make = (schema: Json, like?: unknown) =>
    sampleOf(schema, { schemas, seed: seedOf(1, chance.below(2 ** 30)), like });
  const parameters = (operation.parameters ?? []).map((one) => read.pointed(one));
  const given = (place: string) =>
    parameters.filter((one) => one.in === place && (one.required === true || chance.oneIn(4)));
  const textsOf = (all: readonly OpenApiParameter[]) =>
    Object.fromEntries(all.map(({ name, schema }) => [name, textOf(make(schema))]));
  const params = textsOf(given('path'));
  for (const { name, schema } of given('path')) {
    const known = schema.format === 'uuid' && !chance.oneIn(5) ? things.id(chance) : undefined;
    if (known !== undefined) params[name] = known;
  }
  const { type, schema } = bodyOf(operation);
  return {
    target,
    params,
    query: textsOf(given('query')),
    headers: textsOf(given('header').filter(({ name }) => name !== 'Last-Event-Id')),
    type,
    fields: schema && fieldsOf(make(schema, ofNobody(chance))),
  };
}

/** The one body that an operation takes, as it is described. */
export function bodyOf({ requestBody }: OpenApiOperation) {
  const [[type, media] = []] = Object.entries(requestBody?.content ?? {});
  return { type, schema: media?.schema };
}

/** Names that nobody has, where a field is called so. */
function ofNobody(chance: Chance): Json {
  const name = `conf${chance.below(2 ** 30).toString(36)}`;
  return { email: `${name}@example.com`, username: name, name };
}

function fieldsOf(value: unknown): Json {
  return (value ?? {}) as Json;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
