interface PermissionKind {
  /** What holding it allows. */
  readonly description: string;
  /**
   * Whether it protects its holder: an account that holds it is changed, deactivated or removed
   * only by somebody who holds it, too. True wherever taking the account over would be a way up.
   */
  readonly protects: boolean;
}

/**
 * The closed catalogue: what a permission is called, and what holding it allows.
 * Which role grants which permission is data (rows), editable at run time.
 */
export const permissions = {
  'health:read': {
    description: 'See the components, timings and warnings behind the health status.',
    protects: false,
  },
  'users:read': {
    description: 'List and read the summaries of active accounts.',
    protects: false,
  },
  'roles:read': {
    description: 'List and read roles, what they grant, and the permission catalogue.',
    protects: false,
  },
  'roles:manage': {
    description: 'Create, change and remove roles; give them to accounts and take them.',
    protects: true,
  },
  'audit:read': {
    description: 'Read the audit entries.',
    protects: true,
  },
  'service-accounts:manage': {
    description: 'Create, change and remove service accounts, and make and end their API keys.',
    protects: true,
  },
  'webhooks:read': {
    description: 'List and read webhooks and what was delivered to them.',
    protects: false,
  },
  'webhooks:manage': {
    description: 'Create, change, test and remove webhooks, which send events elsewhere.',
    protects: true,
  },
  'users:manage': {
    description: 'Create, read in full, change and remove accounts.',
    protects: true,
  },
  'users:impersonate': {
    description: 'Act as an account that may do nothing the own one may not.',
    protects: true,
  },
} as const satisfies Record<string, PermissionKind>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];
