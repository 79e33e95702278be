import { Argon2id } from 'oslo/password';
import { recommendedMemoryKib } from '../../../server/config/passwords.ts';

// A process of its own: Argon2id alone, with Charter's parameters, so many at once.

const atOnce = Number(process.argv[2]);
const seconds = Number(process.argv[3]);
const argon = new Argon2id({ memorySize: recommendedMemoryKib, iterations: 2, parallelism: 1 });
const hash = await argon.hash('correct horse battery staple');

async function verifyFor(milliseconds: number): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  const worker = async () => {
    while (performance.now() - startedAt < milliseconds) {
      await argon.verify(hash, 'correct horse battery staple');
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (count * 1000) / (performance.now() - startedAt);
}

await verifyFor(500);
process.stdout.write(`${await verifyFor(seconds * 1000)}\n`);
