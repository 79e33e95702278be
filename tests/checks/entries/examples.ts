import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../docs/client', import.meta.url));

/** The pages of docs/client as modules: each exports its examples, by the heading they stand below. */
export async function modulesOfExamples(): Promise<Map<string, string>> {
  const pages = (await readdir(folder)).filter((name) => name !== 'README.md');
  const modules = pages.map(async (page) => {
    const text = await readFile(join(folder, page), 'utf8');
    return [page.replace('.md', '.ts'), moduleOf(page, text)] as const;
  });
  return new Map(await Promise.all(modules));
}

function moduleOf(page: string, text: string): string {
  const [head = '', ...sections] = text.split(/^## /m);
  const functions = sections.map((section) => {
    const [title = ''] = section.split('\n', 1);
    return `  ${JSON.stringify(title)}: async (): Promise<void> => {\n${codeIn(page, section)}  },\n`;
  });
  const type = 'Readonly<Record<string, () => Promise<void>>>';
  return `${codeIn(page, head)}\nexport const examples: ${type} = {\n${functions.join('')}};\n`;
}

function codeIn(page: string, text: string): string {
  const [, code] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
  if (code === undefined) throw new Error(`docs/client/${page} has a part without an example`);
  return code;
}
