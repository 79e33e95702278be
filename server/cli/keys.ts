import { Command } from 'commander';
import { usualPublishSeconds } from '../features/signing-keys/service.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { assertMigrated, ensureSigningKey } from '../start/prepare.ts';
import { rotateEncryption } from './rotate-encryption.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures, withPlatform } from './workplace.ts';

interface Options {
  readonly publishSeconds: string;
  readonly json?: true;
}

export function keysCommand(terminal: Terminal): Command {
  const create = new Command('create')
    .description(
      'Makes the first signing key, without which the service does not start. Where there is one, it stays.',
    )
    .option('--json', 'write the result as JSON')
    .action((options: { json?: true }) => createFirstKey(terminal, options));
  const rotate = new Command('rotate')
    .description(
      'Makes a new signing key: published at once, signing later, the old one retired last.',
    )
    .option(
      '--publish-seconds <n>',
      'how long it is published before it signs',
      String(usualPublishSeconds),
    )
    .option('--json', 'write the result as JSON')
    .action((options: Options) => rotateKeys(terminal, options));
  const revoke = new Command('revoke')
    .description('Ends a signing key that has leaked: nothing it signed is good any more.')
    .argument('<kid>', 'its id, as in the head of its tokens and in the key set')
    .option('--json', 'write the result as JSON')
    .action((kid: string, options: { json?: true }) => revokeKey(terminal, kid, options));
  const encryption = new Command('rotate-encryption')
    .description('Seals anew, with the first secret of SECRET_KEYS, what an older one has sealed.')
    .option('--later', 'leave it to a worker')
    .option('--json', 'write the result as JSON')
    .action((options: { later?: true; json?: true }) => rotateEncryption(terminal, options));
  return new Command('keys')
    .description('Keys that sign access tokens, and the secrets that seal.')
    .addCommand(create)
    .addCommand(rotate)
    .addCommand(revoke)
    .addCommand(encryption);
}

/** Without the features, which read the key that is not there yet. */
async function createFirstKey(terminal: Terminal, { json }: { json?: true }): Promise<void> {
  const madeKey = await withPlatform(terminal, 'keys create', async (platform) => {
    await assertMigrated(platform);
    return ensureSigningKey(platform);
  });
  if (json) return terminal.out(JSON.stringify({ ok: true, madeKey }));
  terminal.out(madeKey ? 'Made the first signing key.' : 'There is a signing key already.');
}

async function rotateKeys(terminal: Terminal, options: Options): Promise<void> {
  if (!/^\d{1,6}$/.test(options.publishSeconds)) {
    throw new CommandFailure('--publish-seconds takes a whole number of seconds.');
  }
  const actor = systemActor('charter keys rotate');
  const rotation = await withFeatures(terminal, 'keys rotate', ({ signingKeys }) =>
    signingKeys.service.rotate(actor, Number(options.publishSeconds)),
  );
  if (options.json) return terminal.out(JSON.stringify({ ok: true, ...rotation }));
  terminal.out(`Published the key ${rotation.kid}.`);
  terminal.out(`It signs from ${rotation.signsFrom.toISOString()}.`);
  terminal.out(`The keys before it verify until ${rotation.oldRetireAt.toISOString()}.`);
}

async function revokeKey(terminal: Terminal, kid: string, { json }: { json?: true }) {
  if (!/^[\da-f-]{36}$/.test(kid)) throw new CommandFailure('The id of a key is a UUID.');
  const actor = systemActor('charter keys revoke');
  const revoked = await withFeatures(terminal, 'keys revoke', ({ signingKeys }) =>
    signingKeys.service.revoke(actor, kid),
  );
  if (!revoked) throw new CommandFailure(`There is no key ${kid} that verifies anything.`);
  const { madeKid = null } = revoked;
  if (json) return terminal.out(JSON.stringify({ ok: true, kid, madeKid }));
  terminal.out(`The key ${kid} verifies nothing any more.`);
  if (madeKid !== null) terminal.out(`The new key ${madeKid} signs from now on.`);
}
