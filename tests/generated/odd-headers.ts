import { publicUrl } from '../kit/app.ts';
import type { Input } from '../kit/operations.ts';
import { marker } from './marker.ts';

type Headers = NonNullable<Input['headers']>;

/** Headers that no operation has to mind. */
export const harmless: Headers[] = [
  {
    'X-Request-Id': marker.repeat(400),
    Cookie: Array.from({ length: 300 }, (_, at) => `c${at}=${marker}`).join('; '),
    'User-Agent': marker.repeat(200),
    'X-HTTP-Method-Override': 'DELETE',
    'X-HTTP-Method': 'DELETE',
    Range: 'bytes=0-1',
  },
  {
    'X-Request-Id': `<script>${marker}</script>`,
    Cookie: `a=%E0%A4%A${marker}; %zz=%; =; ;;; b="\\"`,
    traceparent: `00-${marker}-x-01`,
    tracestate: `${marker}=,,`,
    'X-Forwarded-For': `${marker}, 127.0.0.1`,
    'X-Forwarded-Host': `${marker}.example`,
    'X-Forwarded-Proto': 'https',
    Forwarded: `for=${marker};host=${marker}`,
    'Accept-Language': marker.repeat(50),
    'If-None-Match': '*',
    'If-Modified-Since': 'Sat, 01 Jan 2050 00:00:00 GMT',
  },
];

const unsigned = `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode({ sub: marker })}.`;

/** An `Authorization` that proves nothing. */
export const worthless = [
  '',
  'Bearer',
  `Bearer ${marker.repeat(400)}`,
  `Basic ${Buffer.from(`admin:${marker}`).toString('base64')}`,
  `Bearer ${unsigned}`,
].map((Authorization) => ({ Authorization }));

/** A session cookie that is none, sent from a page of our own. */
export const staleCookies = [`"${marker}"`, '%E0%A4%A'].map((value) => ({
  Cookie: `session=${value}`,
  Origin: publicUrl,
}));

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
