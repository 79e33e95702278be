/**
 * Node's `http`, for whatever is needed of it at run time. An `import` of `node:http` reads each of
 * its exports, and `WebSocket` is one: that loads undici, which nothing here uses and a start would
 * wait for (35 ms and 5 MB on Node 26).
 */
export const { createServer, IncomingMessage, ServerResponse, STATUS_CODES, validateHeaderValue } =
  process.getBuiltinModule('node:http');
