import * as z from 'zod';
import { section, when } from './section.ts';
import { csv, host, hostName, network, origin, port, whole } from './values.ts';

export const http = section({
  settings: {
    HOST: host.default('127.0.0.1'),
    PORT: port.default(3000),
    PUBLIC_URL: origin.optional(),
    FRONTEND_URL: origin.optional(),
    CORS_ORIGINS: csv.pipe(z.array(origin)).default([]),
    ALLOWED_HOSTS: csv.pipe(z.array(hostName)).default([]),
    TRUST_PROXY: csv.pipe(z.array(network)).default([]),
    REQUEST_ID_HEADER: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,60}-id$/i, 'write a name that ends in -Id, as X-Correlation-Id')
      .default('X-Request-Id'),
    HSTS_MAX_AGE_SECONDS: whole(0, 63_072_000).default(31_536_000),
    PAGE_CSP_SOURCES: csv.pipe(z.array(origin)).default([]),
    BODY_LIMIT_BYTES: whole(1_024, 10_485_760).default(102_400),
    UPLOAD_LIMIT_BYTES: whole(1_024, 10_737_418_240).default(10_485_760),
    REQUEST_TIMEOUT_SECONDS: whole(1, 600).default(30),
    SHUTDOWN_DELAY_SECONDS: whole(0, 300).default(0),
  },
  build: (given) => {
    const publicUrl = given.PUBLIC_URL ?? `http://localhost:${given.PORT}`;
    return {
      host: given.HOST,
      port: given.PORT,
      publicUrl,
      /** Where the links in mails lead; undefined: to pages of this service. */
      frontendUrl: given.FRONTEND_URL,
      isSecure: publicUrl.startsWith('https:'),
      corsOrigins: given.CORS_ORIGINS,
      /** Undefined takes any; else the names, that of `publicUrl` among them. */
      allowedHosts:
        given.ALLOWED_HOSTS.length > 0
          ? [new URL(publicUrl).hostname, ...given.ALLOWED_HOSTS]
          : undefined,
      trustProxy: given.TRUST_PROXY,
      requestIdHeader: given.REQUEST_ID_HEADER,
      hstsSeconds: given.HSTS_MAX_AGE_SECONDS,
      /** Where pages may load from, besides this service. */
      pageSources: given.PAGE_CSP_SOURCES,
      bodyLimitBytes: given.BODY_LIMIT_BYTES,
      /** Of a file, where its operation takes as much. */
      uploadLimitBytes: given.UPLOAD_LIMIT_BYTES,
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
