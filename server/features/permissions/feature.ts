import type { Contract } from '../../../contract/index.ts';
import type { Feature } from '../feature.ts';
import { permissionsHandlers } from './handlers.ts';

export function permissionsFeature() {
  return { handlers: permissionsHandlers() };
}
