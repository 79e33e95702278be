import { createRequire } from 'node:module';

// playwright-core is installed in tests/checks, so that the project itself carries no browser tool.
// These interfaces name the part of it that is used here.
export interface Page {
  goto(url: string): Promise<{ status(): number } | null>;
  reload(): Promise<unknown>;
  title(): Promise<string>;
  locator(selector: string, options?: { hasText: string }): Locator;
  evaluate<Result>(script: () => Result): Promise<Awaited<Result>>;
  evaluate<Result, Arg>(script: (arg: Arg) => Result, arg: Arg): Promise<Awaited<Result>>;
  /** Answers requests for an address in place of the network. */
  route(url: string, answer: (route: Route) => Promise<void>): Promise<void>;
  waitForEvent(event: 'download'): Promise<{ suggestedFilename(): string }>;
  waitForRequest(accept: (request: Request) => boolean): Promise<Request>;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  context(): {
    clearCookies(): Promise<void>;
    /** The DevTools protocol. */
    newCDPSession(page: Page): Promise<{ send(method: string, params?: object): Promise<unknown> }>;
  };
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'request', listener: (request: Request) => void): void;
  close(): Promise<void>;
}

export interface Locator {
  locator(selector: string): Locator;
  first(): Locator;
  count(): Promise<number>;
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  waitFor(): Promise<void>;
  textContent(): Promise<string | null>;
}

export interface Request {
  url(): string;
  method(): string;
  headers(): Record<string, string>;
  response(): Promise<{ status(): number; json(): Promise<unknown> } | null>;
}

export interface Route {
  fulfill(answer: { contentType: string; body: string }): Promise<void>;
}

export interface Browser {
  /** In a browser of its own that knows nothing. */
  newPage(): Promise<Page>;
  /** A browser of its own, whose pages share what it knows. */
  newContext(): Promise<{ newPage(): Promise<Page> }>;
  close(): Promise<void>;
}

interface Playwright {
  chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> };
}

/** The machine's own Chromium: nothing is downloaded, and it calls nobody by itself. */
export function launchChromium(): Promise<Browser> {
  const load = createRequire(new URL('../checks/package.json', import.meta.url));
  const { chromium } = load('playwright-core') as Playwright;
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
    ],
  });
}
