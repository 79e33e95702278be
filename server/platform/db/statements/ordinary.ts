import type pg from 'pg';
import { compileDecoder, type Field } from './decode.ts';
import type { Outcome, Values, WireQuery } from './wire.ts';

/**
 * The same statement without a name, as pg executes any query with parameters: nothing stays behind
 * on the connection, so that a pooler may hand out another one each time.
 */
export async function executeUnnamed(
  client: pg.ClientBase,
  { text, shape }: WireQuery,
  values: Values,
): Promise<Outcome> {
  const { fields, rows, rowCount } = await client.query<Field[]>({
    text,
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: () => asWritten },
  });
  const decode = compileDecoder(shape, fields);
  return { rows: rows.map(decode), count: rowCount ?? 0 };
}

function asWritten(text: string): string {
  return text;
}
