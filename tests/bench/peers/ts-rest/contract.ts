import { initContract } from '@ts-rest/core';
import { Constant, NewPerson, Page, PageQuery, Person, PersonPath, Refused } from '../person.ts';
import { prefix } from '../world.ts';

const c = initContract();

export const contract = c.router(
  {
    constant: { method: 'GET', path: '/constant', responses: { 200: Constant } },
    find: {
      method: 'GET',
      path: '/people/:id',
      pathParams: PersonPath,
      responses: { 200: Person, 404: Refused },
    },
    list: { method: 'GET', path: '/people', query: PageQuery, responses: { 200: Page } },
    create: { method: 'POST', path: '/people', body: NewPerson, responses: { 201: Person } },
    mine: { method: 'GET', path: '/mine', responses: { 200: Person, 401: Refused } },
  },
  { pathPrefix: prefix },
);
