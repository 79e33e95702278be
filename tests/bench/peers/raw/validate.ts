import type { NewPerson } from '../person.ts';

/** Leaves as an answer with this status. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`Refused with ${status}`);
    this.status = status;
  }
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

const fields = new Set(['fullName', 'email', 'city', 'score', 'isActive']);
const address = /^(?!\.)(?!.*\.\.)[\w.+-]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i;

/** The body of a new person, or a refusal. */
export function checkedPerson(body: NewPerson): NewPerson {
  const isGood =
    typeof body === 'object' &&
    body !== null &&
    Object.keys(body).every((key) => fields.has(key)) &&
    isText(body.fullName, 100) &&
    isText(body.email, 254) &&
    address.test(body.email) &&
    (body.city === null || isText(body.city, 100)) &&
    Number.isInteger(body.score) &&
    body.score >= 0 &&
    body.score <= 1000 &&
    typeof body.isActive === 'boolean';
  if (!isGood) throw new Refusal(422);
  return body;
}

function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= max;
}
