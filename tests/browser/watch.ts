import type { Page } from './chromium.ts';

/**
 * Collects what must never happen on a page of ours: script errors, console errors (Chromium
 * reports broken content security policies there) and requests to anywhere but these origins.
 */
export function watch(page: Page, ...origins: readonly string[]): readonly string[] {
  const incidents: string[] = [];
  page.on('pageerror', ({ message }) => incidents.push(`script error: ${message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') incidents.push(`console error: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && !origins.includes(asked))
      incidents.push(`request to ${request.url()}`);
  });
  return incidents;
}
