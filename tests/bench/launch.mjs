// `npm run bench`: installs what is missing and hands over to the Node that the repository brings.
// Built-ins and the launcher only, nothing that Node 18 cannot parse.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isFresh, touchMarker } from '../../server/launch/install.mjs';
import { runToEnd } from '../../server/launch/run.mjs';
import { runtimes } from '../../server/launch/runtimes.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '..', '..');

/** The peers: frameworks that Charter itself does not need. */
function installPeers() {
  if (isFresh(folder)) return;
  process.stderr.write('Installing the peers, once, about 130 MB …\n');
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', [...args, '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('Could not install the peers; what npm said is above.');
  touchMarker(folder);
}

try {
  if (await install(root)) process.exit(1);
  installPeers();
  const main = join(folder, 'main.ts');
  const end = await runToEnd(runtimes(root), [main, ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  process.exitCode = end.code ?? 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
