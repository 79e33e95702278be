import { randomUUIDv7 } from 'node:crypto';
import type { Handlers } from '../../../../server/operations/handlers.ts';
import type { Platform } from '../../../../server/platform/platform.ts';
import { problem } from '../../../../server/platform/problem-error.ts';
import type { Person } from '../person.ts';
import { constant } from '../world.ts';
import type { bench } from './contract.ts';
import { findPerson, insertPerson, listPeople, type PersonRow } from './model.ts';

export function benchHandlers({ db, clock }: Platform): Handlers<typeof bench> {
  const find = async (id: string): Promise<Person> => {
    const person = await findPerson.find(db, { id });
    if (!person) throw problem('not_found');
    return view(person);
  };
  return {
    constant: async () => ({ status: 200, body: constant }),

    find: async ({ params }) => ({ status: 200, body: await find(params.id) }),

    list: async ({ query }) => {
      const people = await listPeople.all(db, query);
      return { status: 200, body: { items: people.map(view) } };
    },

    create: async ({ body }) => {
      const row = { id: randomUUIDv7(), ...body, createdAt: clock.now() };
      const person = await insertPerson.find(db, row);
      return { status: 201, body: view(person as PersonRow) };
    },

    mine: async ({ actor }) => ({ status: 200, body: await find(actor.id) }),
  };
}

function view(person: PersonRow): Person {
  return {
    id: person.id,
    fullName: person.fullName,
    email: person.email,
    city: person.city,
    score: person.score,
    isActive: person.isActive,
    createdAt: person.createdAt,
  };
}
