import * as z from 'zod';
import type { Upload } from '../../contract/kit/facets/uploads.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { digestIn, type Files, type Incoming } from './files.ts';
import { type BrokenPart, type Issue, invalidInput, schemasOf } from './invalid-input.ts';
import type { Input } from './reply.ts';
import { textCheck } from './text-check.ts';

/** As the way in brings it. Headers are judged and go no further: no handler reads them. */
export type RawInput = Partial<Input> & { readonly headers?: Readonly<Record<string, unknown>> };

/**
 * For ways in without a parser of their own: the schemas of the contract, and the rule on text that
 * stands beside them. (HTTP is parsed by ts-rest, with the same schemas.)
 * @throws a problem `validation_failed` naming every finding.
 */
export async function parseInput(
  { route, upload }: Pick<Operation, 'route' | 'upload'>,
  given: RawInput,
  files: Files,
): Promise<Input> {
  const raw = upload ? { ...given, body: await withFile(upload, given.body, files) } : given;
  textCheck(route)(raw);
  const schemas = schemasOf(route);
  const params = parsed(schemas.path, raw.params ?? {});
  const query = parsed(schemas.query, raw.query ?? {});
  const headers = parsed(schemas.headers, raw.headers ?? {});
  const body = parsed(schemas.body, raw.body);
  if (params.broken || query.broken || headers.broken || body.broken) {
    throw invalidInput({
      path: params.broken,
      query: query.broken,
      headers: headers.broken,
      body: body.broken,
    });
  }
  return { params: params.value, query: query.value, body: body.value };
}

/** A file is judged as it is by HTTP: what the caller says of it proves nothing. */
async function withFile(upload: Upload, body: unknown, files: Files): Promise<unknown> {
  const fields = (body ?? {}) as Record<string, unknown>;
  const file = fields[upload.field] as Partial<Incoming> | undefined;
  if (typeof file?.content?.[Symbol.asyncIterator] !== 'function') return body;
  const { fileName, content } = file;
  const taken = await files.take({ fileName, content }, upload, digestIn(fields));
  return { ...fields, [upload.field]: taken };
}

function parsed(schema: unknown, value: unknown): { value?: unknown; broken?: BrokenPart } {
  if (!(schema instanceof z.ZodType)) return {};
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return { broken: { issues: result.error.issues as readonly Issue[], schema, value } };
}
