import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { fitting } from './layout.ts';
import { schemaName } from './names.ts';
import { isConditionalRead, type Operation } from './operations.ts';
import { itemNameOf } from './pages.ts';
import { componentsIn, formatsIn, schemasOf } from './schemas.ts';

/** What the file of a resource needs of others: of the runtime, and the schemas it speaks of. */
export function importsOf(document: OpenApiDocument, operations: Operation[]): string {
  return fromRuntime(operations).map(importOf).join('') + fromSchemas(document, operations);
}

interface Import {
  file: string;
  types?: string[];
  values?: string[];
}

function fromRuntime(operations: Operation[]): Import[] {
  const any = (has: (operation: Operation) => unknown) => operations.some((each) => has(each));
  const when = (has: boolean, ...names: string[]) => (has ? names : []);
  const isPaged = any(({ source }) => source['x-page']);
  const isUploading = any(({ uploads }) => uploads);
  const formats = formatsIn(operations.map(schemasOf));
  return [
    {
      file: 'answer',
      types: [
        ...when(any(isConditionalRead), 'NotModified'),
        ...when(
          any(({ refusals }) => refusals.length > 0),
          'Refused',
        ),
      ],
    },
    { file: 'bound', values: ['bound'] },
    { file: 'call', values: ['call'] },
    {
      file: 'connection',
      types: [
        ...when(
          any(({ uploads }) => !uploads),
          'CallOptions',
        ),
        'Connection',
      ],
    },
    {
      file: 'form',
      values: when(
        any(({ isForm }) => isForm),
        'form',
      ),
    },
    { file: 'instant', types: when(formats.has('date-time'), 'Instant') },
    {
      file: 'keyed',
      values: when(
        any(({ takesKey }) => takesKey),
        'keyed',
      ),
    },
    { file: 'pages', values: when(isPaged, 'itemsOf'), types: when(isPaged, 'ListOptions') },
    {
      file: 'platform',
      types: [
        ...when(
          any(({ replies }) => replies.length > 0),
          'AnswerHeaders',
        ),
        ...when(
          any(({ replies }) => replies.some(({ streams }) => streams)),
          'AnswerStream',
        ),
        ...when(formats.has('binary'), 'FileSource'),
      ],
    },
    {
      file: 'upload',
      values: when(isUploading, 'upload'),
      types: when(isUploading, 'UploadOptions'),
    },
  ];
}

/** As our formatter sorts it: by letters whatever their case. Nothing needed, no import. */
function importOf({ file, types = [], values = [] }: Import): string {
  const from = `from '../runtime/${file}.ts';\n`;
  if (types.length + values.length === 0) return '';
  if (values.length === 0) return `import type { ${types.join(', ')} } ${from}`;
  const named = [...values, ...types].sort((a, b) => order(a, b));
  const texts = named.map((each) => (types.includes(each) ? `type ${each}` : each));
  return `import { ${texts.join(', ')} } ${from}`;
}

function order(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function fromSchemas(document: OpenApiDocument, operations: Operation[]): string {
  const echoed = operations.map(({ echo }) => echo?.values ?? []);
  const told = componentsIn([operations.map(schemasOf), echoed]).map(schemaName);
  const items = operations.map((operation) => itemNameOf(document, operation) ?? []);
  const names = [...new Set([...told, ...items.flat()])].sort();
  if (names.length === 0) return '';
  return fitting(
    `import type { ${names.join(', ')} } from './schemas.ts';\n`,
    `import type {\n${names.map((each) => `  ${each},\n`).join('')}} from './schemas.ts';\n`,
  );
}
