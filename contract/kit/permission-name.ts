import * as z from 'zod';
import { permissionNames } from './permissions.ts';

/** Each release may bring permissions: whoever reads one passes over what they do not know. */
export const PermissionName = z.enum(permissionNames).meta({ 'x-may-grow': true });
