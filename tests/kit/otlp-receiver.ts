import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { addressOf } from './scrape.ts';

/** A span as it travels: ids in hex, attributes by their names. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly isError: boolean;
  readonly attributes: Record<string, unknown>;
  readonly linksTo: readonly string[];
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status?: { readonly code?: number };
  readonly attributes?: readonly Attribute[];
  readonly links?: readonly { readonly spanId: string }[];
}

interface Resource {
  readonly attributes: readonly Attribute[];
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: Resource;
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

interface Metrics {
  readonly resourceMetrics: readonly {
    readonly resource: Resource;
    readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string }[] }[];
  }[];
}

/** A collector: takes spans and metrics by OTLP over HTTP, as JSON. */
export async function startReceiver() {
  const spans: ReceivedSpan[] = [];
  const metricNames = new Set<string>();
  const resources: Record<string, unknown>[] = [];
  const bodies: string[] = [];
  const state = { isRefusing: false };
  const take = async (req: IncomingMessage) => {
    const text = (await buffer(req)).toString();
    bodies.push(text);
    if (req.url === '/v1/traces') {
      for (const { resource, scopeSpans } of (JSON.parse(text) as Traces).resourceSpans) {
        resources.push(valuesOf(resource.attributes));
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(received)));
      }
    }
    if (req.url === '/v1/metrics') {
      for (const { resource, scopeMetrics } of (JSON.parse(text) as Metrics).resourceMetrics) {
        resources.push(valuesOf(resource.attributes));
        for (const { name } of scopeMetrics.flatMap(({ metrics }) => metrics))
          metricNames.add(name);
      }
    }
  };
  const server = createServer((req, res) => {
    if (state.isRefusing) return void res.writeHead(400).end();
    void take(req).then(() => res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'));
  });
  const url = await addressOf(server);
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url, spans, metricNames, resources, bodies, state, close };
}

function received({ status, attributes = [], links = [], ...span }: WireSpan): ReceivedSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    isError: status?.code === 2,
    attributes: valuesOf(attributes),
    linksTo: links.map(({ spanId }) => spanId),
  };
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, Object.values(value)[0]] as const),
  );
}
