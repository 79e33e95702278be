import { Command, Option } from 'commander';
import type { LoadOptions } from './load/order.ts';
import { scenarioNames } from './load/run-file.ts';
import type { Terminal } from './terminal.ts';

/** Everything that it takes is loaded by whoever runs it: no start of the service knows of it. */
export function loadCommand(terminal: Terminal): Command {
  return new Command('load')
    .description(
      'Puts a running service under load, and tells how long its callers waited. Requests come when they are due, whatever became of those before. LOAD_ACCOUNTS names accounts that sign in.',
    )
    .argument('[url]', 'where the service is, as http://127.0.0.1:3000; there is no default')
    .option('--url <url>', 'the same')
    .addOption(
      new Option('--scenario <name>', 'what the callers do')
        .choices(scenarioNames)
        .default('browse'),
    )
    .option('--rate <n>', 'requests per second', '10')
    .option('--seconds <n>', 'how long', '30')
    .option('--warm-up-seconds <n>', 'how long before, without counting', '0')
    .option('--even', 'at equal distances, and not as strangers come')
    .option('--connections <n>', 'at most so many at once', '100')
    .option('--timeout-seconds <n>', 'how long an answer may take from when it was due', '10')
    .option('--accounts <file>', 'an account per line: the identifier, a space, the password')
    .option('--callers <n>', 'how many of the accounts are signed in', '100')
    .option('--max-failures <percent>', 'with more answers that were not good, it fails', '1')
    .option('--out <file>', 'store the run')
    .option('--page <file>', 'write a page with its plots')
    .option('--compare <file>', 'a stored run to compare with')
    .option('--yes', 'the owner of an address that is not this machine wants this')
    .option('--json', 'write the result as JSON')
    .action(async (given: string | undefined, options: LoadOptions) => {
      const { load } = await import('./load/load.ts');
      await load(terminal, { ...options, url: given ?? options.url });
    });
}
