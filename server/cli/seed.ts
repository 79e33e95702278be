import { Command } from 'commander';
import { assertMigrated, seed } from '../start/prepare.ts';
import type { Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

export function seedCommand(terminal: Terminal): Command {
  return new Command('seed')
    .description(
      'Makes the first signing key, without which the service does not start. Puts in no data.',
    )
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: { json?: true }) => {
      const { madeKey } = await withPlatform(terminal, 'seed', async (platform) => {
        await assertMigrated(platform);
        return seed(platform);
      });
      if (json) return terminal.out(JSON.stringify({ ok: true, madeKey }));
      terminal.out(madeKey ? 'Made the first signing key.' : 'There is a signing key already.');
    });
}
