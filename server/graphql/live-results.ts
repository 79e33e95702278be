import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext } from './context.ts';
import type { LiveResults } from './send-live.ts';

/**
 * Keeps what goes on for us to write (`send-live.ts`): yoga's own writer takes no notice of whether
 * there is room, and of a caller who has left only at its next heartbeat.
 */
export function keepLiveResults(): Plugin<object, GraphqlContext> {
  return {
    onResultProcess: (answered) => {
      const { result, resultProcessor, serverContext } = answered;
      if (!isLive(result)) return;
      // The caller takes no events (406): nobody will read them.
      if (!resultProcessor) return void result.return?.();
      serverContext.live.results = result;
      answered.setResultProcessor((_, { Response }) => new Response(null), 'text/event-stream');
    },
  };
}

function isLive(result: object): result is LiveResults {
  return Symbol.asyncIterator in result;
}
