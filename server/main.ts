import { StartFailure } from './platform/start-failure.ts';
import { Lifetime } from './start/lifetime.ts';

// Before anything else is loaded, which takes a while: a Ctrl-C in it is heard like any other.
const lifetime = new Lifetime();
lifetime.endOnSignals();

try {
  await lifetime.begin(async () => {
    const { serve } = await lifetime.unlessEnding(import('./start/serve.ts'));
    await serve(lifetime);
  });
} catch (error) {
  process.stderr.write(`\n${await describe(error)}\n`);
  lifetime.end(1);
}

async function describe(error: unknown): Promise<string> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND' && message.startsWith('Cannot find package')) {
    const what = 'The dependencies of Charter are not installed, or not all of them.';
    return new StartFailure({ what, why: message, todo: 'Run `npm ci`.' }).message;
  }
  const { describeFailure } = await import('./start/failure.ts');
  return describeFailure(error);
}
