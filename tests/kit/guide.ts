import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One block of a guide, and where it belongs: the comment that stands in front of it. */
export interface Step {
  readonly file: string;
  readonly place: string | undefined;
  readonly text: string;
}

const block = /^<!-- (\S+?)(?:, (.+))? -->\n+```ts\n([\s\S]*?)^```$/gm;

export function stepsOf(guide: string): Step[] {
  return [...guide.matchAll(block)].map(([, file = '', place, text = '']) => ({
    file,
    place,
    text,
  }));
}

/** Does with a copy of the repository what a guide says; answers the files that it touched. */
export async function follow(guide: string, folder: string): Promise<string[]> {
  const steps = stepsOf(guide);
  for (const step of steps) {
    const path = join(folder, await numbered(step.file, folder));
    const before = step.place === undefined ? undefined : await readFile(path, 'utf8');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, before === undefined ? step.text : edited(before, step));
  }
  return [...new Set(steps.map(({ file }) => file))];
}

/** `migrations/NNNN_x.ts` has the next number. */
async function numbered(file: string, folder: string): Promise<string> {
  if (!file.includes('NNNN')) return file;
  const last = (await readdir(join(folder, dirname(file)))).sort().at(-1) ?? '0';
  return file.replace('NNNN', String(Number.parseInt(last, 10) + 1).padStart(4, '0'));
}

function edited(before: string, { file, place = '', text }: Step): string {
  if (place === 'at the top') return text + before;
  if (place === 'at the end') return `${before}\n${text}`;
  const [, how, anchor = ''] = /^(above|below|instead of) "(.+)"$/.exec(place) ?? [];
  const lines = before.split('\n');
  const at = lines.findIndex((line) => line.startsWith(anchor));
  if (!how || at === -1) throw new Error(`${file} has no place '${place}'`);
  const start = how === 'below' ? at + 1 : at;
  return lines.toSpliced(start, how === 'instead of' ? 1 : 0, text.trimEnd()).join('\n');
}
