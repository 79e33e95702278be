import { Command } from 'commander';
import { given, wholeNumber } from './given.ts';
import { mostDemoAccounts, putInDemo } from './seed-demo.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly demo?: string;
  readonly inProduction?: true;
  readonly json?: true;
}

export function seedCommand(terminal: Terminal): Command {
  return new Command('seed')
    .description('Puts in data to look at: accounts with roles, sessions and API keys.')
    .option('--demo <n>', 'so many made-up accounts; those that are there already stay')
    .option('--in-production', 'even where NODE_ENV is production')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => seed(terminal, options));
}

async function seed(terminal: Terminal, { demo, inProduction, json }: Options): Promise<void> {
  const asked = terminal.isInteractive
    ? await given(terminal, demo, 'How many demo accounts', '--demo')
    : demo;
  const wanted = wholeNumber('--demo', asked);
  if (wanted === undefined) {
    throw new CommandFailure(
      'Say how much: --demo <n>. The first signing key is made by `npm run charter -- keys create`.',
    );
  }
  if (wanted < 1 || wanted > mostDemoAccounts) {
    throw new CommandFailure(`--demo takes 1 to ${mostDemoAccounts}.`);
  }
  const { made, found, signIn, publicUrl } = await withFeatures(
    terminal,
    'seed',
    async (features, { config }) => {
      if (config.isProduction && !inProduction) {
        throw new CommandFailure(
          'This is production: nothing was put in. If made-up accounts shall be there, add --in-production.',
        );
      }
      const bar = terminal.progress('demo accounts', wanted);
      const put = await putInDemo(features, wanted, (done) => bar.at(done)).finally(() =>
        bar.end(),
      );
      return { ...put, publicUrl: config.http.publicUrl };
    },
  );
  if (json) return terminal.out(JSON.stringify({ ok: true, made, found, signIn: signIn ?? null }));
  terminal.out(`Made ${made} demo accounts; ${found} were there already.`);
  if (!signIn) {
    return terminal.out('`npm run charter -- admin reset demo-0001` gives one a new password.');
  }
  const { identifier, password } = signIn;
  terminal.out(`Those that were made have the password ${password} for now. To sign in as one:`);
  const body = JSON.stringify({ identifier, password, delivery: 'tokens' });
  terminal.out(
    `  curl ${publicUrl}/api/v1/auth/login -H 'content-type: application/json' -d '${body}'`,
  );
}
