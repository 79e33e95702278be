import { CannotGenerate } from './cannot-generate.ts';
import type { Draft } from './draft.ts';
import { camel, pascal } from './names.ts';

/** A noun of the usual shape, as its files tell it. */
export interface Noun {
  readonly files: { readonly [Role in 'contract' | 'handlers' | 'service' | 'test']: string };
  /** Where the last line of the router, of the handlers and of the class begins. */
  readonly ends: { readonly [Role in 'contract' | 'handlers' | 'service']: number };
  readonly plural: string;
  readonly one: string;
  readonly One: string;
  /** What the audit calls one. */
  readonly row: string;
  /** Who reads one, and who changes one: `requires('invoices:read')`. */
  readonly reading: string;
  readonly changing: string;
}

/** What an endpoint leans on; a noun without it was written another way. */
export function readNoun(draft: Draft, noun: string, verb: string): Noun {
  const folder = `server/features/${noun}`;
  const files = {
    contract: `contract/${noun}.ts`,
    handlers: `${folder}/handlers.ts`,
    service: `${folder}/service.ts`,
    test: `tests/features/${noun}/${noun}.test.ts`,
  };
  if (!draft.has(files.contract)) {
    throw new CannotGenerate(
      `There is no ${files.contract}. \`generate feature ${noun}\` writes a noun that is new.`,
    );
  }
  const seek = (role: keyof typeof files, what: string, pattern: RegExp): string => {
    const found = pattern.exec(draft.read(files[role]));
    if (found) return found[1] ?? '';
    throw anotherShape(files[role], what);
  };
  const seekEnd = (role: keyof typeof files, begin: string, end: string): number => {
    const text = draft.read(files[role]);
    const from = text.indexOf(begin);
    const at = text.indexOf(`\n${end}`, from);
    if (from === -1 || at === -1) throw anotherShape(files[role], `\`${begin}\` with its end`);
    return at + 1;
  };
  assertNew(draft, [files.contract, files.handlers, files.service], noun, verb);
  const one = seek('contract', '`get` by an id', /^ {4}get: \{[^}]*?path: '\/:(\w+)Id'/m);
  const One = pascal(one);
  const plural = camel(noun);
  const ends = {
    contract: seekEnd('contract', `export const ${plural} = c.router(`, '  } satisfies Endpoints'),
    handlers: seekEnd('handlers', `export function ${plural}Handlers(`, '  };\n}'),
    service: seekEnd('service', `export class ${pascal(noun)} {`, '}\n'),
  };
  seek('service', 'lockToChange', /^async function lockToChange\(tx: Transaction, actor: Actor, /m);
  seek('test', `a${One}()`, new RegExp(`^async function a${One}\\(\\)`, 'm'));
  seek('test', 'whoWrites()', /^const whoWrites = /m);
  return {
    files,
    ends,
    plural,
    one,
    One,
    row: seek('service', 'audit entry', /target: \{ type: '(\w+)'/),
    reading: seek('contract', 'access of `get`', accessOf('get')),
    changing: seek('contract', 'access of `update`', accessOf('update')),
  };
}

function anotherShape(file: string, what: string): CannotGenerate {
  return new CannotGenerate(
    `${file} has no ${what}: this noun is not of the shape that \`generate feature\` ` +
      'writes. docs/adding-an-endpoint.md shows how to write the endpoint by hand.',
  );
}

function assertNew(draft: Draft, files: readonly string[], noun: string, verb: string): void {
  const has = new RegExp(`^ {2}(  ${verb}: |(async )?${verb}\\()`, 'm');
  const found = files.find((file) => has.test(draft.read(file)));
  if (found === undefined) return;
  throw new CannotGenerate(`${noun} has ${verb} already, in ${found}. Choose another verb.`);
}

/** Up to the end of its endpoint, which is indented less. */
function accessOf(verb: string): RegExp {
  return new RegExp(
    `^ {4}${verb}: \\{\\n(?: {6}.*\\n)*? {6,8}(?:metadata: \\{ (?:.*, )?)?access: (requires\\('[\\w:-]+'\\))`,
    'm',
  );
}
