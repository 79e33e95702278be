/** One way to compile the consumer. */
export interface Case {
  readonly typescript: string;
  readonly platform: string;
  readonly nodeTypes: NodeTypes;
  readonly files: readonly string[];
  readonly options: Record<string, unknown>;
}

/** The types of Node that a compiler can read: DefinitelyTyped drops compilers after two years. */
export type NodeTypes = 'types-node-20' | 'types-node-26';

export const versions = ['5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '7.0'] as const;

/** What a project may know of the world around it. */
const platforms = [
  { platform: 'nothing', lib: [], types: [], files: ['nothing.ts'] },
  { platform: 'DOM', lib: ['dom', 'dom.iterable'], types: [], files: ['dom.ts'] },
  { platform: 'Node', lib: [], types: ['node'], files: ['dom.ts', 'fetches.ts'] },
  { platform: 'DOM and Node', lib: ['dom'], types: ['node'], files: ['dom.ts', 'fetches.ts'] },
  { platform: 'workers', lib: [], types: ['@cloudflare/workers-types'], files: ['dom.ts'] },
];

const resolutions = [
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
];

const strictest = {
  target: 'es2022',
  noEmit: true,
  skipLibCheck: false,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  declaration: true,
  isolatedDeclarations: true,
};

/**
 * Every version meets every platform, and each of the two meets every resolution. All triples would
 * be three times as many, and take three times as long.
 */
export const cases: readonly Case[] = versions.flatMap((typescript, row) =>
  platforms.map(({ platform, lib, types, files }, column) => ({
    typescript,
    platform,
    nodeTypes: typescript === '5.5' ? 'types-node-20' : 'types-node-26',
    files: ['calls.ts', 'operations.ts', ...files],
    options: {
      ...strictest,
      ...resolutions[(row + column) % resolutions.length],
      lib: ['es2022', ...lib],
      types,
    },
  })),
);
