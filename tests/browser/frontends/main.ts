// Walks each way that client/README.md gives to a frontend: from a fresh clone and an empty Vite
// project to a person who signs in, on another origin than the service's.
// `node tests/browser/frontends/main.ts http://localhost:3000 http://localhost:5173`; the service
// runs with the second address in CORS_ORIGINS.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import { launchChromium } from '../chromium.ts';
import { setting } from '../setting.ts';
import { readGuide, type Way } from './guide.ts';
import { build, layOut, signInAt, type } from './project.ts';
import { type Registry, startRegistry } from './registry.ts';
import { signInAndOut } from './sign-in.ts';

const [apiUrl, frontendUrl] = process.argv.slice(2).map((address) => new URL(address));
if (!apiUrl || !frontendUrl) throw new Error('Say where the service is, and where its frontends.');
const account = {
  identifier: setting('CHARTER_IDENTIFIER'),
  username: setting('CHARTER_USERNAME'),
  password: setting('CHARTER_PASSWORD'),
};

const { ways, program } = await readGuide();
const folder = await mkdtemp(join(tmpdir(), 'charter-frontends-'));
const registry = await startRegistry(join(folder, 'registry'));
const browser = await launchChromium();
try {
  for (const way of ways) {
    await walk(way, registry, apiUrl.origin, frontendUrl).then(
      () => process.stdout.write(`ok      ${way.name}\n`),
      (error: Error) => {
        process.stdout.write(`FAILED  ${way.name}\n${error.message}\n`);
        process.exitCode = 1;
      },
    );
  }
} finally {
  await browser.close();
  registry.close();
  await rm(folder, { recursive: true });
}

async function walk(way: Way, { url }: Registry, apiOrigin: string, frontend: URL): Promise<void> {
  const place = join(folder, way.name.replaceAll(' ', '-').toLowerCase());
  await layOut(place, program);
  await signInAt(url, place);
  await type(way.commands.replaceAll('https://npm.example.com', url), place);
  await build(place, apiOrigin);
  const { hostname, port } = frontend;
  const served = await preview({
    root: join(place, 'web'),
    configFile: false,
    logLevel: 'warn',
    preview: { host: hostname, port: Number(port), strictPort: true },
  });
  try {
    await signInAndOut(browser, frontend.href, account);
  } finally {
    await served.close();
  }
}
