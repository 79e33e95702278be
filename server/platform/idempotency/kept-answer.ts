import { AppModel } from '../db/app-model.ts';
import { type Args, statement } from '../db/statements/statement.ts';
import type { SealedColumn } from '../secrets/sealed-values.ts';

/** What was done with an `Idempotency-Key`, and what was answered. */
export class KeptAnswer extends AppModel {
  static override tableName = 'idempotency_keys';
  /** A hash of who called what with which key: the scope of a key is its primary key. */
  declare id: string;
  /** The id of the account, a person's or a program's. */
  declare actor: string;
  declare operation: string;
  /** The fingerprint of the input, and the answer where it may be kept. */
  declare sealedAnswer: string;
  declare createdAt: Date;
  declare expiresAt: Date;
}

export const answersSealed: SealedColumn = {
  table: 'idempotency_keys',
  column: 'sealedAnswer',
  about: (id) => `idempotency_keys.sealed_answer:${id}`,
};

export const findAnswer = statement('idempotency.findAnswer', (arg: Args<{ id: string }>) =>
  KeptAnswer.query().findById(arg.id).select('sealedAnswer', 'expiresAt'),
);

export const deleteAnswer = statement('idempotency.deleteAnswer', (arg: Args<{ id: string }>) =>
  KeptAnswer.query().delete().where('id', arg.id),
);

export const insertAnswer = statement('idempotency.insertAnswer', (row: Args<Row>) =>
  KeptAnswer.query().insert({
    id: row.id,
    actor: row.actor,
    operation: row.operation,
    sealedAnswer: row.sealedAnswer,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  }),
);

type Row = Omit<KeptAnswer, keyof AppModel> & { id: string };
