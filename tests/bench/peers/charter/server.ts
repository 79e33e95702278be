import { bench } from './contract.ts';
import { benchHandlers } from './handlers.ts';
import { startCharter } from './start.ts';

await startCharter((services) => ({
  contract: { bench },
  handlers: { bench: benchHandlers(services) },
}));
