import type { Client } from '../../client/index.ts';
import type { Permission } from '../../contract/kit/permissions.ts';
import type { TestApp } from './app.ts';
import { sending } from './credentials.ts';
import { quickSession } from './quick-session.ts';

/** Somebody new who holds exactly this, signed in just now: what roles grant may change. */
export async function aHolderOf(app: TestApp, ...permissions: Permission[]): Promise<Client> {
  const { headers } = await quickSession(app, { permissions });
  return app.client(sending(headers));
}
