import { expect, it } from 'vitest';
import { User } from '../../../server/features/users/model.ts';
import { now } from './books.ts';

// Nothing here is about what runs: the compiler must refuse each line below an expectation.
const email = 'ada@example.com';
const create = () => User.query().create({ email, username: 'ada' }, now);
const change = () => User.query().change({ fullName: null }, now);

it('compiles what names all columns that a row needs, and no other', () => {
  expect([create, change]).toHaveLength(2);
});

it('does not compile a row without a column that it needs', () => {
  // @ts-expect-error username is missing
  const bare = () => User.query().create({ email }, now);
  // @ts-expect-error username cannot be null
  const empty = () => User.query().create({ email, username: null }, now);
  // @ts-expect-error an e-mail address cannot be taken away
  const cleared = () => User.query().change({ email: null }, now);
  expect([bare, empty, cleared]).toHaveLength(3);
});

it('does not compile a column that is not there, however it came into the object', () => {
  const input = { email, username: 'ada', isAdmin: true };
  // @ts-expect-error isAdmin is no column
  const whole = () => User.query().create(input, now);
  // @ts-expect-error isAdmin is no column
  const spread = () => User.query().change({ ...input }, now);
  // @ts-expect-error roles are a relation
  const related = () => User.query().change({ roles: [] }, now);
  // @ts-expect-error the clock says when
  const dated = () => User.query().change({ updatedAt: now }, now);
  // @ts-expect-error isAdmin is no column
  const asked = () => User.query().existsOther(undefined, { isAdmin: true });
  expect([whole, spread, related, dated, asked]).toHaveLength(5);
});
