import { bench } from './contract.ts';
import { benchHandlers } from './handlers.ts';
import { startCharter } from './start.ts';

await startCharter((platform) => ({
  contract: { bench },
  features: { bench: { handlers: benchHandlers(platform) } },
}));
