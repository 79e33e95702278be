import { draw, type Seed } from './draw.ts';

/** Somebody for each row, so that its names belong together. */
const people = [
  ['Ada', 'Lovelace'],
  ['Grace', 'Hopper'],
  ['Alan', 'Turing'],
  ['Emmy', 'Noether'],
  ['Edsger', 'Dijkstra'],
  ['Barbara', 'Liskov'],
  ['Tony', 'Hoare'],
  ['Karen', 'Jones'],
  ['Niklaus', 'Wirth'],
  ['Hedy', 'Lamarr'],
  ['Donald', 'Knuth'],
  ['Margaret', 'Hamilton'],
  ['Ken', 'Thompson'],
  ['Radia', 'Perlman'],
  ['Leslie', 'Lamport'],
  ['Frances', 'Allen'],
] as const;

/** What a field is called → what a person has there. */
export function ofPerson(field: string, row: Seed): string | undefined {
  const [first, last] = people[row % people.length] ?? people[0];
  const name = `${first.toLowerCase()}${1 + draw(row, 9999)}`;
  if (field === 'username') return name;
  if (field === 'email') return `${name}@example.com`;
  if (field === 'fullName' || field === 'displayName') return `${first} ${last}`;
  return undefined;
}
