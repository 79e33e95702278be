// Draws every diagram of the documentation in a real browser: `npm run check:diagrams` in tests/checks.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { launchChromium, type Page } from './chromium.ts';

interface Mermaid {
  initialize(settings: { startOnLoad: boolean; suppressErrorRendering: boolean }): void;
  render(id: string, text: string): Promise<{ svg: string }>;
}

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const load = createRequire(new URL('../checks/package.json', import.meta.url));
const script = readFileSync(load.resolve('mermaid/dist/mermaid.min.js'), 'utf8');

process.exitCode = (await drawAll()) ? 0 : 1;

async function drawAll(): Promise<boolean> {
  const diagrams = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => diagramsOf(name));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.evaluate((code) => {
      const element = document.createElement('script');
      element.textContent = code;
      document.head.append(element);
    }, script);
    const drawn: boolean[] = [];
    for (const { place, text } of diagrams) drawn.push(await draw(page, place, text));
    process.stdout.write(`${drawn.length} diagrams\n`);
    return drawn.length > 0 && drawn.every(Boolean);
  } finally {
    await browser.close();
  }
}

function diagramsOf(name: string) {
  const page = readFileSync(docs + name, 'utf8');
  return [...page.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(({ 1: text = '', index }) => ({
    place: `docs/${name}:${page.slice(0, index).split('\n').length}`,
    text,
  }));
}

async function draw(page: Page, place: string, text: string): Promise<boolean> {
  const problem = await page.evaluate(async (source) => {
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true });
    try {
      const { svg } = await mermaid.render('diagram', source);
      return svg.includes('<svg') ? '' : 'nothing was drawn';
    } catch (error) {
      return String(error);
    }
  }, text);
  process.stdout.write(problem === '' ? `ok      ${place}\n` : `FAILED  ${place}\n${problem}\n`);
  return problem === '';
}
