import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/kit/longest-first.ts';
import { slow } from './tests/kit/slow.ts';

declare module 'vitest' {
  interface ProvidedContext {
    isFull: boolean;
    isLong: boolean;
  }
}

/** `npm run test:full`: what needs many rounds, two processes or faults, and every generated case. */
const isFull = process.argv.some((arg) => arg.includes('tests/full'));

/** `npm run test:long`: what takes hours where a gate has minutes. */
const isLong = process.argv.some((arg) => arg.includes('tests/long'));

/** `npm test` and nothing else: neither names of tests nor coverage. */
const isQuick = process.argv.slice(3).every((arg) => arg.startsWith('--reporter'));

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [
      'tests/{checks,browser,bench}/**',
      '**/node_modules/**',
      ...(isFull ? [] : ['tests/full/**']),
      ...(isLong ? [] : ['tests/long/**']),
      ...(isQuick ? slow : []),
    ],
    provide: { isFull, isLong },
    globalSetup: ['tests/kit/cluster.ts'],
    setupFiles: ['tests/kit/deprecations.ts'],
    sequence: { sequencer: LongestFirst },
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    // More than cores: a file that waits for a database, or for minutes of the clock, leaves room for
    // another.
    maxWorkers: isFull ? 4 : 3,
    // Modules are loaded once per worker: files share nothing else, each has its own database.
    isolate: false,
    unstubEnvs: true,
    // For what hangs. Whatever a test measures it measures itself: machines are busy.
    testTimeout: isLong ? 6 * 3_600_000 : isFull ? 600_000 : 180_000,
    hookTimeout: 600_000,
    coverage: {
      provider: 'v8',
      include: ['contract/**/*.ts', 'server/**/*.ts', 'client/**/*.ts', 'migrations/**/*.ts'],
      // Entry points do nothing but call what is tested; processes of their own run them.
      exclude: [
        'client/dist/**',
        'server/main.ts',
        'server/start/serve.ts',
        'server/start/lifetime.ts',
        'server/cli/main.ts',
        'server/cli/write-pages.ts',
        'client/generate/main.ts',
      ],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 90, branches: 90 },
    },
  },
});
