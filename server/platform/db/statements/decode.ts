import type { AnyModelConstructor } from 'objection';
import pg from 'pg';
import { fieldOf } from '../naming.ts';
import { decodeInstant } from './instants.ts';

/** A column of a result, as PostgreSQL describes it. */
export interface Column {
  readonly name: string;
  readonly dataTypeID: number;
}

/** A value as it came over the wire, in PostgreSQL's text form. */
export type Field = string | null;

/** Makes a row of the fields that came over the wire. */
export type RowDecoder = (fields: readonly Field[]) => object;

type Decode = (text: string) => unknown;

const { BOOL, INT2, INT4, TEXT, TIMESTAMPTZ, UUID, VARCHAR } = pg.types.builtins;

const asWritten: Decode = (text) => text;
const quick = new Map<number, Decode>([
  [TEXT, asWritten],
  [UUID, asWritten],
  [VARCHAR, asWritten],
  [BOOL, (text) => text === 't'],
  [INT2, Number],
  [INT4, Number],
  [TIMESTAMPTZ, decodeInstant],
]);

/**
 * Compiles the mapping of a result to rows of the model, with the types that pg gives. Objection's
 * hooks of a row ($afterFind, $parseDatabaseJson) do not run.
 */
export function compileDecoder(model: AnyModelConstructor, columns: readonly Column[]): RowDecoder {
  const decodes = columns.map(({ dataTypeID }) => decoderOf(dataTypeID));
  const fields = columns.map(({ name }) => fieldOf(name));
  return (values) => {
    const row = new model() as unknown as Record<string, unknown>;
    for (let i = 0; i < fields.length; i++) {
      const value = values[i] as Field;
      row[fields[i] as string] = value === null ? null : (decodes[i] as Decode)(value);
    }
    return row;
  };
}

function decoderOf(dataTypeID: number): Decode {
  return quick.get(dataTypeID) ?? (pg.types.getTypeParser(dataTypeID, 'text') as Decode);
}
