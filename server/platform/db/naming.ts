import { knexSnakeCaseMappers } from 'objection';

/** SQL is snake_case, TypeScript camelCase: converted here and nowhere else. */
export const naming = knexSnakeCaseMappers();

/** The field that a column of a result becomes. */
export function fieldOf(column: string): string {
  return Object.keys(naming.postProcessResponse({ [column]: null }))[0] ?? column;
}
