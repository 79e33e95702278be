import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Check,
  eachImport,
  importsAtRunTimeOnly,
  importsOnly,
  livesIn,
  neverImports,
  neverLoads,
  neverSays,
  noCycles,
} from './kit/dependency-rules.ts';
import { homes } from './kit/homes.ts';
import { slow } from './kit/slow.ts';
import { readSources, sourceOf } from './kit/sources.ts';

/** The dependency rule: each point with the check that enforces it and code that breaks it. */
type Rule = readonly [says: string, check: Check, broken: Record<string, string>];

const ours = /^(contract|server|client|migrations|tests)\//;
const feature = /^server\/features\/([^/]+)\//;
const noun = (path: string) => feature.exec(path)?.[1];
/** A service may be split by verb: whatever has no other role is part of it. */
const role = (path: string) => {
  const name = /([^/]+)\.ts$/.exec(path)?.[1] ?? '';
  const known = ['feature', 'handlers', 'model', 'personal-data', 'policy', 'view'];
  return known.includes(name) ? name : 'service';
};

const contractRules: Rule[] = [
  [
    'the contract imports zod, @ts-rest/core, @ts-rest/open-api and itself',
    importsOnly(/^contract\/(?!document\/graphql\/)/, [
      /^contract\//,
      'zod',
      '@ts-rest/core',
      '@ts-rest/open-api',
    ]),
    { 'contract/users.ts': "import { readFile } from 'node:fs';" },
  ],
  [
    'beside these, what prints the contract as GraphQL imports GraphQL itself',
    importsOnly(/^contract\/document\/graphql\//, [
      /^contract\//,
      'zod',
      'graphql',
      '@graphql-tools/utils',
    ]),
    { 'contract/document/graphql/schema.ts': "import { createYoga } from 'graphql-yoga';" },
  ],
  [
    'the contract knows no clock, no environment and no chance',
    neverSays(/^contract\//, /\b(process\.|Date\.now|new Date\(\)|Math\.random|performance\.)/),
    { 'contract/users.ts': 'const at = Date.now();' },
  ],
  [
    'zod is imported as a whole, so that no bundle drags in every locale',
    eachImport(ours, ({ target, clause }) => target === 'zod' && clause !== '* as z'),
    { 'contract/users.ts': "import { z } from 'zod';" },
  ],
  [
    'the client imports nothing outside its own folder',
    importsOnly(/^client\/(runtime\/|generated\/|(index|passkeys|events|webhooks|server)\.ts)/, [
      /^client\/(runtime|generated)\//,
    ]),
    { 'client/runtime/call.ts': "import type { User } from '../../contract/users.ts';" },
  ],
];

const serverRules: Rule[] = [
  [
    'the platform knows no feature and nothing that is built on it',
    importsOnly(/^server\/platform\//, [
      /^server\/(platform|config)\//,
      /^contract\//,
      /^[^.]*$/,
      /^node:/,
    ]),
    { 'server/platform/auth/guard.ts': "import { User } from '../../features/users/model.ts';" },
  ],
  [
    'the configuration knows nothing of what it configures',
    importsOnly(/^server\/config\//, [/^server\/config\//, /^node:/, 'zod']),
    { 'server/config/http.ts': "import { Exchange } from '../http/exchange.ts';" },
  ],
  [
    'operations know no way in and no feature',
    importsOnly(/^server\/operations\//, [
      /^server\/(operations|platform)\//,
      /^contract\//,
      /^[^.]*$/,
      /^node:/,
    ]),
    { 'server/operations/perform.ts': "import { Exchange } from '../http/exchange.ts';" },
  ],
  [
    'HTTP, its pages and GraphQL know operations, never a feature: nothing gets around the guard',
    neverImports(/^server\/(http|pages|graphql)\//, [
      /^server\/(features|cli|start|worker|development)/,
    ]),
    { 'server/http/dispatcher.ts': "import { Users } from '../features/users/service.ts';" },
  ],
  [
    'GraphQL is loaded by its first request',
    neverLoads('server/app.ts', [
      /^server\/graphql\/server\.ts$/,
      /^(graphql|graphql-yoga|dataloader|@graphql-tools\/utils)$/,
    ]),
    {
      'server/app.ts': "import { mountPages } from './pages/pages.ts';",
      'server/pages/pages.ts': "import { GraphQLError } from 'graphql';",
    },
  ],
  [
    'a mock plays the service: it knows no feature and no database, and only its command knows it',
    (sources) => [
      ...neverImports(/^server\/mock\//, [/^server\/(features|cli|start|worker|development)/])(
        sources,
      ),
      ...neverImports(/^server\/mock\//, [/^server\/platform\/db\//])(sources),
      ...neverImports(/^server\/(?!mock\/|cli\/mock\.ts)/, [/^server\/mock\//])(sources),
    ],
    { 'server/app.ts': "import { createMock } from './mock/mock.ts';" },
  ],
  [
    'one place connects to the database',
    eachImport(/^server\//, ({ target, isTypeOnly }, { path }) => {
      const isConnect = target === 'server/platform/db/connect.ts' && !isTypeOnly;
      return isConnect && path !== 'server/platform/db/databases.ts';
    }),
    { 'server/start/prepare.ts': "import { connect } from '../platform/db/connect.ts';" },
  ],
  [
    'compiled statements have one door: outside of platform/db only statement.ts is imported',
    eachImport(/^server\/(?!platform\/db\/)/, ({ target }) => {
      const door = 'server/platform/db/statements/statement.ts';
      return target.startsWith('server/platform/db/statements/') && target !== door;
    }),
    {
      'server/features/users/model.ts':
        "import { execute } from '../../platform/db/statements/executor.ts';",
    },
  ],
  [
    'a feature knows the contract, the platform and other features, not what composes them',
    neverImports(/^server\/features\//, [
      /^server\/[^/]+\.ts$/,
      /^server\/(cli|http|pages|start|worker)\//,
    ]),
    { 'server/features/me/handlers.ts': "import { createApp } from '../../app.ts';" },
  ],
  [
    // `me` answers an account: the shapes of a contract file that it imports come with their view.
    "a feature uses another's service or model, and its view only where the contract nests its shape",
    eachImport(feature, ({ target }, { path }, sources) => {
      const [mine, theirs] = [noun(path), noun(target)];
      if (theirs === undefined || theirs === mine) return false;
      if (['feature', 'service', 'model'].includes(role(target))) return false;
      const contract = sources.find((source) => source.path === `contract/${mine}.ts`);
      const nests = contract?.imports.some((found) => found.target === `contract/${theirs}.ts`);
      return role(target) !== 'view' || !nests;
    }),
    { 'server/features/auth/login.ts': "import { isOwn } from '../users/policy.ts';" },
  ],
  [
    'features form no cycle',
    noCycles(feature, { isTypeSeen: true, unit: (path) => noun(path) ?? path }),
    {
      'server/features/users/service.ts': "import { a } from '../roles/service.ts';",
      'server/features/roles/service.ts': "import { b } from '../users/service.ts';",
    },
  ],
  [
    'inside a feature: handlers → service → model, handlers → view, service → policy, types freely',
    eachImport(feature, ({ target, isTypeOnly }, { path }) => {
      if (noun(target) !== noun(path)) return false;
      const allowed: Record<string, string[]> = {
        feature: ['handlers', 'service', 'model', 'personal-data'],
        handlers: ['service', 'view'],
        // What the owner of an account is given leaves by the view, too.
        'personal-data': ['service', 'model', 'view'],
        service: ['service', 'model', 'policy'],
      };
      const isShape = isTypeOnly && ['model', 'service'].includes(role(target));
      return !allowed[role(path)]?.includes(role(target)) && !isShape;
    }),
    { 'server/features/users/handlers.ts': "import { User } from './model.ts';" },
  ],
  [
    // Pure functions and data alone: what an actor `can`, what a permission is, a nested view.
    'policies and views reach nothing at run time that could wait or change',
    importsAtRunTimeOnly(/^server\/features\/[^/]+\/(policy|view)\.ts$/, [
      'server/platform/auth/actor.ts',
      'contract/kit/permissions.ts',
      /^server\/features\/[^/]+\/view\.ts$/,
    ]),
    { 'server/features/users/policy.ts': "import { User } from './model.ts';" },
  ],
  [
    'handlers hold no if, no try and no query',
    neverSays(/^server\/features\/[^/]+\/handlers\.ts$/, /\b(if \(|try \{)|\.query\(/),
    { 'server/features/users/handlers.ts': 'const user = User.query(db).first();' },
  ],
  [
    'services know nothing of HTTP and validate with no schema',
    neverImports(/^server\/features\/[^/]+\/service\.ts$/, [/^server\/http\//, 'zod']),
    { 'server/features/users/service.ts': "import * as z from 'zod';" },
  ],
  [
    'what the service is called stands in contract/service.ts',
    neverSays(
      /^server\/(pages|platform)\//,
      /Charter API|application_name: ['"]|\bget(Tracer|Meter)\(['"]/,
    ),
    { 'server/platform/db/connect.ts': "const connection = { application_name: 'charter' };" },
  ],
  [
    'only passwords changes the password of an account',
    neverSays(
      /^server\/features\/(?!passwords\/)/,
      /\.(patch|update|change)\(\{[^}]*\bpasswordHash\b/,
    ),
    {
      'server/features/users/model.ts': 'User.query().patch({ lastLoginAt, passwordHash: hash });',
    },
  ],
  [
    'the environment is read in config/environment.ts only',
    neverSays(
      /^(contract|client|migrations|server\/(?!config\/environment\.ts|launch\/))/,
      /process\.env/,
    ),
    { 'server/app.ts': 'const port = process.env.PORT;' },
  ],
  [
    'server has no barrel: an import names the file it wants',
    eachImport(/^server\//, ({ isReexport, target }) => {
      return isReexport || /^server\/(.*\/)?index\.ts$/.test(target);
    }),
    { 'server/features/users/all.ts': "export * from './service.ts';" },
  ],
  [
    'the launcher runs before anything is installed: built-ins and itself',
    importsOnly(/^server\/launch\//, [/^node:/, /^server\/launch\//, 'server/main.ts']),
    { 'server/launch/run.mjs': "import { execa } from 'execa';" },
  ],
  [
    'migrations stand alone: a release that is gone must still migrate',
    importsOnly(/^migrations\//, ['knex']),
    { 'migrations/0003_x.ts': "import { User } from '../server/features/users/model.ts';" },
  ],
];

const everywhere: Rule[] = [
  [
    'no file reaches itself over what it imports, types included',
    noCycles(ours, { isTypeSeen: true }),
    { 'server/a.ts': "import './b.ts';", 'server/b.ts': "import { a } from './a.ts';" },
  ],
  [
    'what ships never imports a test',
    neverImports(/^(contract|server|client|migrations)\//, [/^tests\//]),
    { 'server/app.ts': "import { TestClock } from '../tests/kit/clock.ts';" },
  ],
  [
    'nothing is exported by default, but to vitest and Vite, which ask for it',
    neverSays(/^(?!tests\/kit\/closing-line\.ts|tests\/checks\/frontend\/)/, /^export default\b/m),
    { 'server/app.ts': 'export default app;' },
  ],
  [
    'no file or folder is a drawer',
    (sources) =>
      sources
        .map(({ path }) => path)
        .filter((path) =>
          path
            .split(/[/.-]/)
            .some((word) => /^(utils?|helpers?|common|misc|shared|managers?|base|dto)$/.test(word)),
        ),
    { 'server/platform/utils/time.ts': '' },
  ],
];

const sources = readSources();

describe.each([...contractRules, ...serverRules, ...everywhere])('%s', (says, check, broken) => {
  it('holds', () => {
    expect(check(sources), says).toEqual([]);
  });

  it('would be noticed', () => {
    const wrong = Object.entries(broken).map(([path, text]) => sourceOf(path, text));
    expect(check(wrong)).not.toEqual([]);
  });
});

describe.each(Object.entries(homes))('%s', (name, places) => {
  it('stays at home', () => {
    expect(livesIn(name, places)(sources)).toEqual([]);
  });

  it('would be noticed elsewhere', () => {
    const stray = sourceOf('server/features/users/service.ts', `import { x } from '${name}';`);
    expect(livesIn(name, places)([stray])).toHaveLength(1);
  });
});

it('names a home for every dependency that code imports', () => {
  const packages = sources
    .filter(({ path }) => /^(contract|server)\//.test(path))
    .flatMap(({ imports }) => imports.map(({ target }) => target))
    .filter((target) => !/\.|^node:/.test(target) && target !== 'pino-pretty');
  expect([...new Set(packages)].filter((name) => !(name in homes)).sort()).toEqual(['zod']);
});

it('leaves out of npm test only what exists', () => {
  expect(slow.filter((path) => globSync(path).length === 0)).toEqual([]);
});
