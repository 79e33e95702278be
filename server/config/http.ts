import * as z from 'zod';
import { section, when } from './section.ts';
import { csv, host, network, origin, port, whole } from './values.ts';

export const http = section({
  settings: {
    HOST: host.default('127.0.0.1'),
    PORT: port.default(3000),
    PUBLIC_URL: origin.optional(),
    CORS_ORIGINS: csv.pipe(z.array(origin)).default([]),
    TRUST_PROXY: csv.pipe(z.array(network)).default([]),
    BODY_LIMIT_BYTES: whole(1_024, 10_485_760).default(102_400),
    REQUEST_TIMEOUT_SECONDS: whole(1, 600).default(30),
    SHUTDOWN_DELAY_SECONDS: whole(0, 300).default(0),
  },
  build: (given) => {
    const publicUrl = given.PUBLIC_URL ?? `http://localhost:${given.PORT}`;
    return {
      host: given.HOST,
      port: given.PORT,
      publicUrl,
      isSecure: publicUrl.startsWith('https:'),
      corsOrigins: given.CORS_ORIGINS,
      trustProxy: given.TRUST_PROXY,
      bodyLimitBytes: given.BODY_LIMIT_BYTES,
      requestTimeoutSeconds: given.REQUEST_TIMEOUT_SECONDS,
      shutdownDelaySeconds: given.SHUTDOWN_DELAY_SECONDS,
    };
  },
  refuse: ({ PUBLIC_URL }) =>
    when(
      PUBLIC_URL === undefined,
      'PUBLIC_URL: is not set; write the origin that users see, as https://api.example.com',
    ),
  warn: ({ isSecure }, { isProduction }) =>
    when(isProduction && !isSecure, 'PUBLIC_URL is not https: cookies are sent without Secure.'),
});

export type HttpConfig = ReturnType<typeof http.build>;
