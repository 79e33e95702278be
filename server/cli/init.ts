import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { licences, type Product } from '../development/init/product.ts';
import { clearOldData, objection } from '../development/init/ready.ts';
import { makeService, planService } from '../development/init/service-of.ts';
import type { Turn } from '../development/init/turn-into.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

interface Options extends Pick<Product, 'licence'> {
  readonly title?: string;
  readonly holder?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export function initCommand(terminal: Terminal): Command {
  return new Command('init')
    .description('Turns a clone into a service of your own. Once, and before anything else.')
    .argument('<name>', 'one word for machines, such as parcels')
    .option('--title <title>', 'for people; the name with a capital where it is left out')
    .option('--holder <holder>', 'whose service it is, for the licence')
    .addOption(
      new Option('--licence <licence>', 'of the service').choices(licences).default('proprietary'),
    )
    .option('--dry-run', 'change nothing, say what would be changed')
    .option('--json', 'write the result as JSON')
    .action(async (name: string, options: Options) => {
      const product = await productOf(terminal, name, options);
      const wrong = await objection(root, product);
      if (wrong) throw new CommandFailure(wrong);
      const turn = options.dryRun
        ? await planService(root, product)
        : await makeService(root, product, terminal.err);
      if (!options.dryRun) await clearOldData(root);
      report(terminal, product, turn, options);
    });
}

async function productOf(
  terminal: Terminal,
  name: string,
  { title = name.replace(/^./, (letter) => letter.toUpperCase()), licence, ...more }: Options,
): Promise<Product> {
  const mayAsk = terminal.isInteractive && more.holder === undefined && !more.json;
  const asked = mayAsk ? await terminal.ask('Whose service is it, for the licence?') : undefined;
  const holder = more.holder ?? (asked || `The team of ${title}`);
  return { name, title, licence, holder, year: new Date().getFullYear() };
}

function report(terminal: Terminal, product: Product, turn: Turn, options: Options): void {
  const written = [...turn.written.keys()];
  const { name, title } = product;
  if (options.json) {
    const [renamed, removed] = [[...turn.renamed.values()], turn.removed];
    const result = { ok: true, done: !options.dryRun, product, written, renamed, removed };
    terminal.out(JSON.stringify(result));
    return;
  }
  const upper = name.toUpperCase();
  for (const line of [
    `  name      ${title}; for machines ${name}, in settings ${upper}_`,
    `  package   ${name}; the client is @${name}/client`,
    `  cookie    ${name}_session; audience ${name}; API keys begin with ${name}`,
    `  metrics   ${name}_…, and the alerts and the dashboard that read them`,
    `  licence   ${product.licence}, ${product.holder}; the notice of the baseline: docs/baseline/`,
    `  files     ${written.length} written, ${turn.renamed.size} renamed, ${turn.removed.length} removed (examples, this command)`,
  ]) {
    terminal.out(line);
  }
  terminal.out(options.dryRun ? 'Nothing was changed.' : 'Next:');
  if (options.dryRun) return;
  for (const line of [
    'git add -A && git commit',
    'npm test',
    'say in README.md what the service is for, and in contract/service.ts who runs it',
    `npm run ${name} -- generate feature <noun>`,
  ]) {
    terminal.out(`  ${line}`);
  }
}
