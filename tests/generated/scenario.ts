import { isForPeople, type Operation } from '../../contract/kit/operations.ts';
import { permissionNames } from '../../contract/kit/permissions.ts';
import type { InputError } from '../../contract/kit/problems.ts';
import type { TestApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { newPerson } from '../kit/callers.ts';
import {
  encoded,
  type Field,
  type Input,
  inputsOf,
  isAboutCaller,
  operations,
} from '../kit/operations.ts';
import { quickKey, quickProgramToken } from '../kit/quick-key.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import type { Secrets } from '../kit/secrets.ts';

export interface Heard extends Answer {
  readonly operation: Operation;
}

export type Line = readonly [Operation, readonly Input[]];

/**
 * For every operation, requests with secrets wherever a caller can put one: all that come to
 * mind, or those that get through to the rules.
 */
export async function linesWithSecrets(
  app: TestApp,
  secrets: Secrets,
  all: 'all' | 'admitted',
): Promise<Line[]> {
  const shared = await openSessions(app, secrets);
  const programs = [await openProgram(app, secrets), await openServiceAccount(app, secrets)];
  const lines = operations.map(async (operation): Promise<Line> => {
    const sessions = isAboutCaller(operation) ? await openSessions(app, secrets) : shared;
    const callers = isForPrograms(operation) ? [...sessions, ...programs] : sessions;
    const plant = (what: string) => secrets.make(`${what} of ${operation.name}`);
    const refused = all === 'all' ? refusedInputs(operation, sessions, plant) : [];
    return [operation, [...refused, ...admittedInputs(operation, callers, plant)]];
  });
  return Promise.all(lines);
}

/** Sends them, each operation's one after the other; what was answered. */
export async function tell(app: TestApp, lines: readonly Line[]): Promise<Heard[]> {
  const told = lines.map(async ([operation, inputs]) => {
    const answers: Heard[] = [];
    for (const input of inputs) answers.push({ operation, ...(await ask(app, operation, input)) });
    return answers;
  });
  return (await Promise.all(told)).flat();
}

type Plant = (what: string) => string;
type Sessions = readonly QuickSession['headers'][];

function refusedInputs(operation: Operation, [bearer]: Sessions, plant: Plant): Input[] {
  const body = bodyWithSecrets(operation, plant);
  const unknown = bodyWithSecrets(operation, plant, { [plant('unknown field')]: plant('value') });
  return [
    { ...unknown, headers: { Authorization: `Bearer ${plant('bad bearer token')}` } },
    { ...unknown, headers: { Authorization: plant('bad authorization') } },
    { ...unknown, headers: { Cookie: `session=${plant('bad cookie')}; x=${plant('cookie')}` } },
    { ...unknown, ...headed(bearer) },
    { ...body, ...headed(bearer), query: `${plant('unknown key')}=${plant('query')}` },
    { ...body, ...headed(bearer), params: badParams(operation, plant('path')) },
    { ...(body.body && { body: `{"${plant('broken body')}` }), ...headed(bearer) },
  ];
}

function admittedInputs(operation: Operation, sessions: Sessions, plant: Plant): Input[] {
  const body = bodyWithSecrets(operation, plant);
  const known = sessions.map((headers) => ({ ...body, headers }));
  const { kind } = operation.access;
  if (kind === 'anyone') return [body];
  return kind === 'anyoneKnown' ? [body, ...known] : known;
}

const headed = (headers: QuickSession['headers'] | undefined) => (headers ? { headers } : {});

/**
 * Administrators by token and by cookie, and one who acts as another, whose credentials are secrets
 * from now on.
 */
async function openSessions(app: TestApp, secrets: Secrets): Promise<Sessions> {
  const impersonatedBy = await quickSession(app, { roles: ['admin'] });
  const wanted = [{}, { kind: 'cookie' }, { impersonatedBy }] as const;
  return Promise.all(
    wanted.map(async (more) => {
      const { headers } = await quickSession(app, { roles: ['admin'], ...more });
      const { Authorization, Cookie } = headers;
      const [, , signature] = Authorization?.split('.') ?? [];
      if (Authorization) secrets.add('access token', Authorization.replace('Bearer ', ''));
      if (signature) secrets.add('signature of an access token', signature);
      if (Cookie) secrets.add('cookie', Cookie.slice(Cookie.indexOf('=') + 1));
      return headers;
    }),
  );
}

/** An administrator's program, whose API key is a secret from now on. */
async function openProgram(app: TestApp, secrets: Secrets): Promise<QuickSession['headers']> {
  const { headers } = await quickKey(app, { roles: ['admin'] });
  const key = headers.Authorization?.replace('Bearer ', '');
  secrets.add('API key', key);
  secrets.add('secret of an API key', key?.split('_').at(-1));
  return headers;
}

/** A service account with a token, which is a secret as well. */
async function openServiceAccount(
  app: TestApp,
  secrets: Secrets,
): Promise<QuickSession['headers']> {
  const { key, headers } = await quickProgramToken(app, permissionNames);
  secrets.add('API key of a service account', key);
  secrets.add('token for an API key', headers.Authorization?.replace('Bearer ', ''));
  return headers;
}

/** Whether a program gets through to the rules. */
function isForPrograms({ access }: Operation): boolean {
  return !isForPeople(access) && !('recentLogin' in access);
}

const secretNames = /password|token|secret|code|identifier/i;

/** The contract's example, with a secret in each field that is made for one. */
function bodyWithSecrets(
  operation: Operation,
  plant: (what: string) => string,
  more: Record<string, string> = {},
): Input {
  const { body } = inputsOf(operation);
  if (!body) return {};
  const chosen = body.fields.filter((field) => isSecret(field) || field.name in body.example);
  const values = chosen.map((field) => [
    field.name,
    isSecret(field) ? plant(field.name) : ordinary(field, body.example[field.name]),
  ]);
  return { body: encoded(body, { ...Object.fromEntries(values), ...more }) };
}

function isSecret({ name, schema }: Field): boolean {
  return schema.type === 'string' && !schema.enum && secretNames.test(name);
}

function ordinary({ name, schema }: Field, example: unknown): unknown {
  const person = newPerson();
  if (schema.format === 'email') return person.email;
  return name === 'username' || name === 'name' ? person.username : example;
}

function badParams({ route }: Operation, value: string): Record<string, string> {
  return Object.fromEntries(
    [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, value]),
  );
}

/** What some operations are there to give, once, beside those that give credentials. */
const given: Readonly<Record<string, string[]>> = {
  'auth.token': ['access_token'],
  'secondFactors.enrol': ['secret', 'uri', 'qrCode'],
  'secondFactors.confirm': ['codes'],
  'secondFactors.renewCodes': ['codes'],
  'passkeys.create': ['recoveryCodes'],
  'apiKeys.create': ['key'],
  'apiKeys.rotate': ['key'],
  'serviceAccounts.createKey': ['key'],
  'serviceAccounts.rotateKey': ['key'],
};

/** An answer without the credentials that it is there to give. */
export function withoutIssued({ operation, headers, text: whole }: Heard): string {
  const text = withoutNames(whole);
  const credentials = ['set-cookie', 'accessToken', 'refreshToken', 'token'];
  const names = operation.credentials === 'keep' ? credentials : given[operation.name];
  if (!names || text === '') return JSON.stringify({ headers, text });
  const issued = new Set(names);
  const rest = (all: object) => Object.entries(all).filter(([name]) => !issued.has(name));
  return JSON.stringify([rest(headers), rest(JSON.parse(text) as object)]);
}

/** The name of a field that nobody knows is told back to whoever sent it; its value never is. */
export function withoutNames(text: string): string {
  const { errors = [] } = text.includes('unknown_field')
    ? (JSON.parse(text) as { errors?: InputError[] })
    : {};
  const unknown = errors.filter(({ code }) => code === 'unknown_field');
  return unknown.reduce((rest, { path }) => rest.replace(JSON.stringify(path), '""'), text);
}
