import { Model, type QueryBuilderType, type TransactionOrKnex } from 'objection';
import { AppQuery, withDeletedKey } from './app-query.ts';

/** A table with a UUID. The model is the repository: features query it and nothing wraps it. */
export class AppModel extends Model {
  declare id: string;
  declare QueryBuilderType: AppQuery<this, this[]>;

  static override QueryBuilder = AppQuery;
  // `.first()` asks the database for one row instead of picking it from all of them.
  static override useLimitInFirst = true;
  /** Softly deleted rows are invisible unless asked for. */
  static softDelete = false;

  static override query<M extends Model>(
    this: new () => M,
    db?: TransactionOrKnex,
  ): QueryBuilderType<M> {
    // biome-ignore lint/complexity/noThisInStatic: Objection's own query must see the subclass.
    const query = super.query(db);
    const model = query.modelClass() as unknown as typeof AppModel;
    if (model.softDelete) {
      query.onBuild((builder) => {
        const isHidden = !builder.context()[withDeletedKey(model.tableName)];
        if (isHidden && !builder.isInsert()) builder.whereNull(`${model.tableName}.deletedAt`);
      });
    }
    return query as unknown as QueryBuilderType<M>;
  }
}
