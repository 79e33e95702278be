// Visits a running service with a real browser: `npm run browser -- http://localhost:3000`.
// The address must be the service's PUBLIC_URL, or its origin check refuses the sign-in.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.ts';
import { docsChecks, type Visit } from './docs.ts';
import { graphiqlChecks } from './graphiql.ts';
import { setting } from './setting.ts';
import { watch } from './watch.ts';

const output = fileURLToPath(new URL('../checks/.output', import.meta.url));

process.exitCode = (await visit()) ? 0 : 1;

async function visit(): Promise<boolean> {
  const origin = new URL(process.argv[2] ?? setting('CHARTER_URL')).origin;
  const account = {
    identifier: setting('CHARTER_IDENTIFIER'),
    password: setting('CHARTER_PASSWORD'),
  };
  await mkdir(output, { recursive: true });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const incidents = watch(page, origin);
    const passed = await runAll({ page, origin, account, newPage: () => browser.newPage() });
    const quiet = await report('no script error, broken policy or outside request', async () => {
      if (incidents.length > 0) throw new Error(incidents.join('\n'));
    });
    return passed && quiet;
  } finally {
    await browser.close();
  }
}

/** Later checks build on earlier ones, so the first failure ends the visit. */
async function runAll(visit: Visit): Promise<boolean> {
  let number = 0;
  for (const [name, check] of Object.entries({ ...docsChecks, ...graphiqlChecks })) {
    const passed = await report(name, () => check(visit));
    number += 1;
    await visit.page.screenshot({ path: `${output}/docs-${number}.png` });
    if (!passed) return false;
  }
  return true;
}

async function report(name: string, check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    process.stdout.write(`ok      ${name}\n`);
    return true;
  } catch (error) {
    process.stdout.write(`FAILED  ${name}\n${(error as Error).message}\n`);
    return false;
  }
}
