import { Command } from 'commander';
import type { ApiKey } from '../features/api-keys/model.ts';
import { viewApiKey } from '../features/api-keys/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { askedId, assertId } from './api-key-id.ts';
import { createKeyCommand, rotateKeyCommand } from './make-api-key.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly json?: true;
}

interface Whose {
  readonly user?: string;
  readonly serviceAccount?: string;
}

export function apiKeyCommand(terminal: Terminal): Command {
  return new Command('api-key')
    .description('Keys with which programs act.')
    .addCommand(listCommand(terminal))
    .addCommand(createKeyCommand(terminal))
    .addCommand(rotateKeyCommand(terminal))
    .addCommand(revokeCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists the keys of an account, the newest first; those that ended for a month.')
    .option('--service-account <name>', 'the service account')
    .option('--user <identifier>', 'the e-mail address or the username of a person')
    .option('--json', 'write the result as JSON')
    .action(async ({ json, ...whose }: Options & Whose) => {
      const { keys, now } = await withFeatures(
        terminal,
        'api-key list',
        async (features, { clock }) => ({ keys: await keysOf(features, whose), now: clock.now() }),
      );
      if (json) {
        return terminal.out(JSON.stringify({ ok: true, apiKeys: keys.map(viewApiKey) }));
      }
      if (keys.length === 0) return terminal.out('There are none.');
      for (const key of keys) terminal.out(line(key, now));
    });
}

async function keysOf(
  { users, apiKeys, serviceAccounts }: Features,
  { user, serviceAccount }: Whose,
): Promise<ApiKey[]> {
  const actor = systemActor('charter api-key list');
  if (user !== undefined && serviceAccount === undefined) {
    const { id } = await users.service.getByIdentifier(actor, user);
    return apiKeys.own.list(actor, id);
  }
  if (serviceAccount === undefined || user !== undefined) {
    throw new CommandFailure('Say whose keys: --service-account <name> or --user <identifier>.');
  }
  const { id } = await serviceAccounts.service.getByName(actor, serviceAccount);
  return serviceAccounts.keys.list(actor, id);
}

function line(key: ApiKey, now: Date): string {
  const { id, name, scopes, expiresAt, lastUsedAt } = viewApiKey(key);
  const state = stateOf(key, now).padEnd(8);
  const used = lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`;
  return `${id} ${name.padEnd(24)} ${state} until ${expiresAt}, ${used}: ${scopes.join(', ')}`;
}

function stateOf({ revokedAt, rotatedAt, expiresAt }: ApiKey, now: Date): string {
  if (revokedAt) return 'revoked';
  if (expiresAt <= now) return 'ended';
  return rotatedAt ? 'replaced' : 'works';
}

function revokeCommand(terminal: Terminal): Command {
  return new Command('revoke')
    .description(
      'Ends a key, whosever it is. Without its id, the key itself is asked for, or read from standard input.',
    )
    .argument('[id]', 'its id, or the 32 digits of it that stand in the key')
    .option('--json', 'write the result as JSON')
    .action(async (given: string | undefined, { json }: Options) => {
      const id = given === undefined ? await askedId(terminal) : assertId(given);
      await withFeatures(terminal, 'api-key revoke', (features) => revoke(features, id));
      if (json) return terminal.out(JSON.stringify({ ok: true, apiKey: { id } }));
      terminal.out(`The key ${id} works no more.`);
    });
}

async function revoke({ apiKeys, serviceAccounts }: Features, id: string): Promise<void> {
  const actor = systemActor('charter api-key revoke');
  const { userId, serviceAccountId } = await apiKeys.service.getAny(id);
  if (userId !== null) await apiKeys.own.revoke(actor, id, userId);
  if (serviceAccountId !== null) await serviceAccounts.keys.revoke(actor, serviceAccountId, id);
}
