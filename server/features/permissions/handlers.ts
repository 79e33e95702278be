import { permissionNames, permissions } from '../../../contract/kit/permissions.ts';
import type { permissions as contract } from '../../../contract/permissions.ts';
import type { Handlers } from '../../operations/handlers.ts';

const items = permissionNames.map((name) => ({ name, ...permissions[name] }));

export function permissionsHandlers(): Handlers<typeof contract> {
  return { list: async () => ({ status: 200, body: { items } }) };
}
