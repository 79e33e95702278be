import { readFile } from 'node:fs/promises';

/** client/README.md, read as somebody reads who does what it says. */
const readme = new URL('../../../client/README.md', import.meta.url);

export interface Way {
  readonly name: string;
  /** What to type in the folder that holds `charter/` and `web/`. */
  readonly commands: string;
}

export interface Guide {
  readonly ways: readonly Way[];
  /** The text of `src/App.tsx`. */
  readonly program: string;
}

export async function readGuide(): Promise<Guide> {
  const text = await readFile(readme, 'utf8');
  const [, getting = ''] = /^## Get it\n(.*?)^## /ms.exec(text) ?? [];
  const ways = getting.split(/^### /m).slice(1).map(wayIn);
  const [, program] = /^```tsx\n(.*?)^```$/ms.exec(text) ?? [];
  if (ways.length !== 3 || !program) throw new Error('client/README.md: three ways and a program?');
  return { ways, program };
}

function wayIn(section: string): Way {
  const name = section.slice(0, section.indexOf('\n'));
  const [, commands] = /^```sh\n(.*?)^```$/ms.exec(section) ?? [];
  if (!commands) throw new Error(`client/README.md: what to type for '${name}'?`);
  return { name, commands };
}
