/**
 * The closed catalogue: what a permission is called, and what holding it allows.
 * Which role grants which permission is data (rows), editable at run time.
 */
export const permissions = {
  'health:read': 'See the components, timings and warnings behind the health status.',
  'users:read': 'List and read the summaries of active accounts.',
  'roles:read': 'List and read roles, what they grant, and the permission catalogue.',
  'roles:manage': 'Create, change and remove roles; give them to accounts and take them.',
  'audit:read': 'Read the audit entries.',
  'users:manage': 'Create, read in full, change and remove accounts.',
} as const satisfies Record<string, string>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];
