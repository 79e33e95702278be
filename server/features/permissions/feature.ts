import { permissionsHandlers } from './handlers.ts';

export function permissionsFeature() {
  return { handlers: permissionsHandlers() };
}
