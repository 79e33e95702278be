import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole, roleIdOf } from '../../kit/build.ts';
import { aHolderOf } from '../../kit/holder.ts';

const app = useApp();
let reader: Client;

beforeAll(async () => {
  reader = await aHolderOf(app, 'roles:read');
});

async function namesOf(...names: string[]): Promise<string[]> {
  const { items } = await unwrap(reader.roles.byNames({ names: names.join() }));
  return items.map(({ name }) => name).sort();
}

const unknownNames = (count: number) => Array.from({ length: count }, (_, at) => `nobody-${at}`);

describe('roles by their names', () => {
  it('are shown as they are by themselves', async () => {
    const name = await insertRole(app, ['audit:read', 'users:read']);
    const { items } = await unwrap(reader.roles.byNames({ names: name }));
    expect(items).toEqual([await unwrap(reader.roles.get({ roleId: await roleIdOf(app, name) }))]);
  });

  it('are those that there are, each once', async () => {
    expect(await namesOf('admin', 'nobody', 'member', 'admin')).toEqual(['admin', 'member']);
    expect(await namesOf('nobody')).toEqual([]);
  });

  it('are 200 at most', async () => {
    const most = ['admin', ...unknownNames(199)];
    expect(await namesOf(...most, 'admin')).toEqual(['admin']);
    expect(await reader.roles.byNames({ names: [...most, 'member'].join() })).toMatchObject(
      refusal(422, 'validation_failed', { in: 'query', path: 'names' }),
    );
  });

  it.each(['', ',', 'admin,', 'admin, member', 'Ädmin', 'a', "admin'; --"])(
    'must be names: %j',
    async (names) => {
      expect(await reader.roles.byNames({ names })).toMatchObject(
        refusal(422, 'validation_failed', { in: 'query' }),
      );
    },
  );

  it('are for whoever may read roles', async () => {
    const other = await aHolderOf(app, 'users:read');
    expect(await other.roles.byNames({ names: 'admin' })).toMatchObject(
      refusal(403, 'permission_denied'),
    );
  });
});
