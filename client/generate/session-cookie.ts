import type { OpenApiDocument } from '../../contract/document/openapi.ts';
import { literal } from './names.ts';
import { jsdoc } from './prose.ts';

/** `session-cookie.ts`: what servers that act for browsers must know. */
export function sessionCookieFile({ components }: OpenApiDocument): string {
  const { securitySchemes = {} } = components as { securitySchemes?: Record<string, Scheme> };
  const scheme = Object.values(securitySchemes).find((each) => each.in === 'cookie');
  const name = scheme?.name?.replace('__Host-', '') ?? 'session';
  const prose = 'The cookie of a sign-in; over TLS with `__Host-` in front.';
  return `${jsdoc(prose)}export const sessionCookie = ${literal(name)};\n`;
}

interface Scheme {
  readonly in?: string;
  readonly name?: string;
}
