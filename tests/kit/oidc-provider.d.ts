/** What the tests use of `oidc-provider`, which comes without types; its index has warnings to print. */
declare module 'oidc-provider/lib/provider.js' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  interface Context {
    body: string;
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId: string };
    };
  }

  class Grant {
    constructor(of: { clientId: string; accountId: string });
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  type Finished = Readonly<Record<string, unknown>>;

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>);
    readonly Grant: typeof Grant;
    readonly Client: { readonly prototype: { compareClientSecret: (secret: string) => boolean } };
    proxy: boolean;
    callback(): RequestListener;
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: Finished): Promise<void>;
    on(event: string, listener: (...given: unknown[]) => void): this;
  }

  export type { Context };
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  export function createMemoryAdapter(clockTolerance?: number): (model: string) => object;
}
