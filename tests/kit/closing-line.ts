import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Counts every test of the run for the closing line, whatever the other reporters print. */
// vitest loads reporters by their default export.
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const counts = {
      passed: count('passed'),
      failed: count('failed') + brokenFiles + errors.length,
      skipped: count('skipped'),
    };
    const file = process.env.CHARTER_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
