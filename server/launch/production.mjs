// `npm run start:prod`: the service in this very process, once it is certain that this Node can
// run it. Nothing that Node 18 cannot parse.
import { assertOwnNode } from './runtimes.mjs';

try {
  assertOwnNode();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await import('../main.ts');
