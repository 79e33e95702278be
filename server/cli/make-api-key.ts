import { Command } from 'commander';
import { ApiKeyRotation, NewApiKey } from '../../contract/api-keys.ts';
import type { Permission } from '../../contract/kit/permissions.ts';
import type { MadeKey } from '../features/api-keys/service.ts';
import { viewMadeKey } from '../features/api-keys/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { assertId } from './api-key-id.ts';
import { checked, collect, given, wholeNumber } from './given.ts';
import { assertPermission } from './permission.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly name?: string;
  readonly scope?: readonly string[];
  readonly days?: string;
  readonly overlapSeconds?: string;
  readonly json?: true;
}

/** Of service accounts only: with the key of a person, somebody else would act as that person. */
export function createKeyCommand(terminal: Terminal): Command {
  return new Command('create')
    .description('Makes a key for a service account, and shows it once.')
    .argument('[service-account]', 'its name')
    .option('--name <text>', 'what the key is for')
    .option('--scope <permission>', 'what it may do; once for each', collect)
    .option('--days <n>', 'how long it works; API_KEY_DAYS when left out')
    .option('--json', 'write the result as JSON')
    .action(async (accountName: string | undefined, options: Options) => {
      const name = await given(terminal, accountName, 'The service account', 'its name');
      const input = checked(NewApiKey, {
        name: await given(terminal, options.name, 'What the key is for', '--name'),
        scopes: options.scope?.map(known) ?? (await askedScopes(terminal)),
        ...expiry(options),
      });
      const actor = systemActor('charter api-key create');
      const made = await withFeatures(
        terminal,
        'api-key create',
        async ({ serviceAccounts: { service, keys } }) => {
          const { id } = await service.getByName(actor, name);
          return keys.create(actor, id, input);
        },
      );
      show(terminal, made, options);
    });
}

export function rotateKeyCommand(terminal: Terminal): Command {
  return new Command('rotate')
    .description('Makes the successor of a key of a service account, and shows it once.')
    .argument('<id>', 'the id of the key')
    .option('--overlap-seconds <n>', 'how long the old one still works; a day when left out')
    .option('--days <n>', 'how long the new one works; API_KEY_DAYS when left out')
    .option('--json', 'write the result as JSON')
    .action(async (text: string, options: Options) => {
      const id = assertId(text);
      const overlapSeconds = wholeNumber('--overlap-seconds', options.overlapSeconds);
      const input = checked(ApiKeyRotation, {
        ...(overlapSeconds !== undefined && { overlapSeconds }),
        ...expiry(options),
      });
      const made = await withFeatures(terminal, 'api-key rotate', (features) =>
        rotate(features, id, input),
      );
      show(terminal, made, options);
    });
}

async function rotate(
  { apiKeys, serviceAccounts }: Features,
  id: string,
  input: ApiKeyRotation,
): Promise<MadeKey> {
  const { serviceAccountId } = await apiKeys.service.getAny(id);
  if (serviceAccountId === null) {
    throw new CommandFailure(
      'That is the key of a person: nobody else gets another one for them. It can be revoked.',
    );
  }
  return serviceAccounts.keys.rotate(
    systemActor('charter api-key rotate'),
    serviceAccountId,
    id,
    input,
  );
}

/** The key alone on standard output, so that it can go where it is needed and past no eyes. */
function show(terminal: Terminal, made: MadeKey, { json }: Options): void {
  const apiKey = viewMadeKey(made);
  const { id, key, expiresAt } = apiKey;
  if (json) {
    terminal.out(JSON.stringify({ ok: true, apiKey }));
  } else {
    terminal.err(`The key ${id} works until ${expiresAt}. It is shown now, and never again:`);
    terminal.out(key);
  }
}

async function askedScopes(terminal: Terminal): Promise<Permission[]> {
  const text = await given(terminal, undefined, 'What it may do, with spaces between', '--scope');
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(known);
}

function known(scope: string): Permission {
  assertPermission(scope);
  return scope;
}

function expiry({ days }: Options) {
  const expiresInDays = wholeNumber('--days', days);
  return expiresInDays === undefined ? {} : { expiresInDays };
}
