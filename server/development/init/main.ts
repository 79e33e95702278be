import type { Product } from './product.ts';
import { makeService } from './service-of.ts';

// For upgrades, which turn a checkout of the baseline at another commit into the same service.
const product = JSON.parse(process.argv[2] ?? '') as Product;
await makeService(process.cwd(), product, (line) => process.stderr.write(`${line}\n`));
