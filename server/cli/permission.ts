import { type Permission, permissionNames } from '../../contract/kit/permissions.ts';
import { CommandFailure } from './terminal.ts';

export function assertPermission(name: string): asserts name is Permission {
  if ((permissionNames as readonly string[]).includes(name)) return;
  throw new CommandFailure(
    `There is no permission ${name}. There are: ${permissionNames.join(', ')}.`,
  );
}
