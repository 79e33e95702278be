import knexFactory from 'knex';
import { knexSnakeCaseMappers, Model } from 'objection';
import type { Person } from '../person.ts';
import { poolSize, readWorld } from '../world.ts';

export const knex = knexFactory({
  client: 'pg',
  connection: readWorld().databaseUrl,
  pool: { min: 0, max: poolSize },
  ...knexSnakeCaseMappers(),
});

export class PersonModel extends Model {
  static override tableName = 'bench_people';
  static readonly columns = [
    'id',
    'fullName',
    'email',
    'city',
    'score',
    'isActive',
    'createdAt',
  ] as const;

  declare id: string;
  declare fullName: string;
  declare email: string;
  declare city: string | null;
  declare score: number;
  declare isActive: boolean;
  declare createdAt: Date;
}

export function viewModel(row: PersonModel): Person {
  return {
    id: row.id,
    fullName: row.fullName,
    email: row.email,
    city: row.city,
    score: row.score,
    isActive: row.isActive,
    createdAt: row.createdAt.toISOString(),
  };
}
