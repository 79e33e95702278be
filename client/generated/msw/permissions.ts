// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  PermissionsListIfChangedAnswer,
  PermissionsListIfChangedInput,
} from '../permissions.ts';
import * as examples from './examples.ts';

/** Handlers of `permissions`. */
export interface PermissionsMock<Handler> {
  /**
   * List the permissions.
   *
   * `GET /api/v1/permissions`. Needs the permission `roles:read`.
   */
  list(reply?: Reply<PermissionsListIfChangedInput, PermissionsListIfChangedAnswer>): Handler;
}

export const permissionsSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/permissions',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.PermissionCatalogue],
  },
};
