import type { AnyModelConstructor } from 'objection';
import pg from 'pg';
import { fieldOf } from '../naming.ts';
import { decodeInstant, decodeInstantText } from './instants.ts';

/** What the rows of a statement become. */
export interface RowShape {
  readonly model: AnyModelConstructor;
  /** Instants as `Date`, or as the text of `toISOString` for rows that only travel on. */
  readonly instants: 'date' | 'text';
}

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
export function compileDecoder(shape: RowShape, columns: readonly Column[]): RowDecoder {
  const { model } = shape;
  const decodes = columns.map(({ dataTypeID }) => decoderOf(dataTypeID, shape));
  const fields = columns.map(({ name }) => fieldOf(name));
  return (values) => {
    // A pooler that prepares statements on its own may do so again after a migration, unasked.
    if (values.length !== fields.length) throw new Error('The columns of the result have changed');
    const row = new model() as unknown as Record<string, unknown>;
    for (let i = 0; i < fields.length; i++) {
      const value = values[i] as Field;
      row[fields[i] as string] = value === null ? null : (decodes[i] as Decode)(value);
    }
    return row;
  };
}

function decoderOf(dataTypeID: number, { instants }: RowShape): Decode {
  if (dataTypeID === TIMESTAMPTZ && instants === 'text') return decodeInstantText;
  return quick.get(dataTypeID) ?? (pg.types.getTypeParser(dataTypeID, 'text') as Decode);
}
