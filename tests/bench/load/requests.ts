import { cookieName, prefix } from '../peers/world.ts';
import { pageOrigin } from '../world/settings.ts';

/** What a browser application sends: the same bytes to every peer. */
const head = [
  'Host: api.bench.example',
  'User-Agent: charter-bench',
  'Accept: application/json',
  'Accept-Encoding: gzip, deflate, br',
  `Origin: ${pageOrigin}`,
].join('\r\n');

export function get(path: string, ...headers: string[]): string {
  const extra = headers.map((header) => `${header}\r\n`).join('');
  return `GET ${path} HTTP/1.1\r\n${head}\r\n${extra}\r\n`;
}

export function post(path: string, body: object, ...headers: string[]): string {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  const extra = headers.map((header) => `${header}\r\n`).join('');
  return `POST ${path} HTTP/1.1\r\n${head}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${extra}\r\n${text}`;
}

export const bearer = (token: string) => `Authorization: Bearer ${token}`;
export const cookie = (secret: string) => `Cookie: ${cookieName}=${secret}`;
export const at = (path: string) => `${prefix}${path}`;
