import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectType, isUnionType, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { printedSchema } from '../../contract/document/graphql/print.ts';
import { graphqlSchema } from '../../contract/document/graphql/schema.ts';
import { eventNames } from '../../contract/events.ts';
import { contract } from '../../contract/index.ts';

const published = join(import.meta.dirname, '../../docs/schema.graphql');

it('docs/schema.graphql is what the contract says; `npm run generate` writes it', async () => {
  expect(printedSchema(graphqlSchema(contract))).toBe(await readFile(published, 'utf8'));
});

it('a deprecated operation is a deprecated field, once', () => {
  const { get } = contract.users;
  const deprecated = { since: '2031-01-01', sunset: '2031-07-01', use: 'usersV2.get' };
  const users = { ...contract.users, get: { ...get, metadata: { ...get.metadata, deprecated } } };
  const printed = printedSchema(graphqlSchema({ ...contract, users }));
  const [line, ...others] = printed.split('\n').filter((one) => one.includes('@deprecated('));
  expect(line).toContain('@auth(caller: SIGNED_IN');
  expect(line).toContain('gone on 2031-07-01: use `usersV2.get`.');
  expect(others).toEqual([]);
});

it('who signs in gets the cookie, and no type says otherwise', () => {
  const schema = graphqlSchema(contract);
  const membersOf = (name: string) => {
    const type = schema.getType(name);
    return isUnionType(type) ? type.getTypes().map((member) => member.name) : [];
  };
  expect(membersOf('LoginResult')).toEqual(['CookieSignIn', 'SecondFactorNeeded', 'Problem']);
  expect(membersOf('SignInByPasskeyResult')).toEqual(['CookieSignIn', 'Problem']);
});

/** Fields that differ from kind to kind: docs/live-events.md names them. */
const needAlias = ['kind', 'serviceAccountId', 'userId'];

it('one document may ask for the data of every kind of event, with an alias where they differ', () => {
  const schema = graphqlSchema(contract);
  const kinds = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Event'),
  );
  expect(kinds).toHaveLength(eventNames.length);
  const asked = kinds.map(({ name }) => {
    const data = schema.getType(`${name}Data`);
    return { name, fields: isObjectType(data) ? Object.keys(data.getFields()) : [] };
  });
  const mistakes = (aliased: readonly string[]) => {
    const parts = asked.map(({ name, fields }) => {
      const shown = fields.map((one) => (aliased.includes(one) ? `${name}_${one}: ${one}` : one));
      return `... on ${name} { data { ${shown.join(' ')} } }`;
    });
    return validate(schema, parse(`subscription { events { id type ${parts.join(' ')} } }`));
  };
  expect(mistakes(needAlias)).toEqual([]);
  for (const name of needAlias) {
    const others = needAlias.filter((one) => one !== name);
    expect(mistakes(others).map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`"${name}" conflict`),
    );
  }
});
