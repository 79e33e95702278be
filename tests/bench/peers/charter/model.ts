import { AppModel } from '../../../../server/platform/db/app-model.ts';
import { type Args, statement } from '../../../../server/platform/db/statements/statement.ts';
import { pageSize } from '../world.ts';

class PersonModel extends AppModel {
  static override tableName = 'bench_people';
  declare fullName: string;
  declare email: string;
  declare city: string | null;
  declare score: number;
  declare isActive: boolean;
  declare createdAt: Date;
}

const columns = ['id', 'fullName', 'email', 'city', 'score', 'isActive', 'createdAt'] as const;

type NewRow = Pick<PersonModel, (typeof columns)[number]>;
export type PersonRow = Omit<NewRow, 'createdAt'> & { readonly createdAt: string };

// Rows that only travel on: a `Date` would be made to be written as text again.
const asText = { instants: 'text' } as const;

export const findPerson = statement(
  'bench.find',
  (arg: Args<{ id: string }>) =>
    PersonModel.query()
      .select(...columns)
      .where('id', arg.id),
  asText,
);

export const listPeople = statement(
  'bench.list',
  (arg: Args<{ after: string }>) =>
    PersonModel.query()
      .select(...columns)
      .where('id', '>', arg.after)
      .orderBy('id')
      .limit(pageSize),
  asText,
);

export const insertPerson = statement(
  'bench.insert',
  (arg: Args<NewRow>) =>
    PersonModel.query()
      .insert({
        id: arg.id,
        fullName: arg.fullName,
        email: arg.email,
        city: arg.city,
        score: arg.score,
        isActive: arg.isActive,
        createdAt: arg.createdAt,
      })
      .returning([...columns]),
  asText,
);
