import { bench } from './contract.ts';
import { benchHandlers } from './handlers.ts';
import { startCharter } from './start.ts';

await startCharter((platform) => ({
  contract: { bench },
  tags: { bench: 'What the benchmark asks for.' },
  features: { bench: { handlers: benchHandlers(platform) } },
}));
