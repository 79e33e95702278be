import { anyone, signedIn } from '../../../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../../../contract/kit/api.ts';
import { Constant, NewPerson, Page, PageQuery, Person, PersonPath } from '../person.ts';
import { prefix } from '../world.ts';

/** A noun like any other: its endpoints take the whole walk that Charter's own take. */
export const bench = c.router(
  {
    constant: {
      method: 'GET',
      path: '/constant',
      summary: 'Answer a constant',
      description: 'W1.',
      responses: { 200: Constant },
      metadata: { access: anyone },
    },
    find: {
      method: 'GET',
      path: '/people/:id',
      summary: 'Get a person',
      description: 'W2.',
      pathParams: PersonPath,
      responses: { 200: Person },
      metadata: { access: anyone },
    },
    list: {
      method: 'GET',
      path: '/people',
      summary: 'List people',
      description: 'W3: a page of 50.',
      query: PageQuery,
      responses: { 200: Page },
      metadata: { access: anyone },
    },
    create: {
      method: 'POST',
      path: '/people',
      summary: 'Create a person',
      description: 'W4 and W7.',
      body: NewPerson,
      responses: { 201: Person },
      metadata: { access: anyone },
    },
    mine: {
      method: 'GET',
      path: '/mine',
      summary: 'Get the own person',
      description: 'W5 by access token, W6 by cookie, W10 by API key.',
      responses: { 200: Person },
      metadata: { access: signedIn({ programs: true }), problems: ['not_found'] },
    },
  } satisfies Endpoints,
  under(prefix),
);
