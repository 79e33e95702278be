import * as z from 'zod';

/** The one resource: every peer that validates by zod uses these schemas, both ways. */
export const Person = z.object({
  id: z.uuid(),
  fullName: z.string().max(100),
  email: z.string().max(254),
  city: z.string().max(100).nullable(),
  score: z.int().min(0).max(1000),
  isActive: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Person = z.infer<typeof Person>;

export const NewPerson = z.strictObject({
  fullName: z.string().min(1).max(100),
  email: z.email().max(254),
  city: z.string().min(1).max(100).nullable(),
  score: z.int().min(0).max(1000),
  isActive: z.boolean(),
});
export type NewPerson = z.infer<typeof NewPerson>;

export const Page = z.object({ items: z.array(Person).max(50) });
export const PersonPath = z.object({ id: z.uuid() });
export const PageQuery = z.strictObject({ after: z.uuid() });
export const Constant = z.object({ status: z.string().max(10), service: z.string().max(10) });
export const Refused = z.object({ title: z.string() });

/** A row as `pg` gives it. */
export interface PersonRow {
  readonly id: string;
  readonly full_name: string;
  readonly email: string;
  readonly city: string | null;
  readonly score: number;
  readonly is_active: boolean;
  readonly created_at: Date;
}

export function viewPerson(row: PersonRow): Person {
  return {
    id: row.id,
    fullName: row.full_name,
    email: row.email,
    city: row.city,
    score: row.score,
    isActive: row.is_active,
    createdAt: row.created_at.toISOString(),
  };
}
