import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface GithubAsked {
  readonly route: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface GithubServer {
  readonly origin: string;
  readonly asked: GithubAsked[];
  /** Route → what it answers, beside what it answers by itself. */
  answers: Readonly<Record<string, readonly [status: number, body: unknown]>>;
  close(): Promise<void>;
}

/** As much of a GitHub Enterprise Server as a sign-in sees. */
export async function startGithub(): Promise<GithubServer> {
  const standard: GithubServer['answers'] = {
    'POST /login/oauth/access_token': [
      200,
      { access_token: 'gho_token', token_type: 'bearer', scope: 'read:user,user:email' },
    ],
    'GET /api/v3/user': [200, { id: 583231, login: 'octocat', name: 'Octo Cat', email: 'x@y.z' }],
    'GET /api/v3/user/emails': [
      200,
      [
        { email: 'old@example.com', primary: false, verified: true, visibility: null },
        { email: 'octo@example.com', primary: true, verified: true, visibility: 'private' },
      ],
    ],
    'DELETE /api/v3/applications/charter/grant': [204, undefined],
  };
  const asked: GithubAsked[] = [];
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const route = `${req.method} ${req.url}`;
    const { authorization } = req.headers;
    asked.push({ route, authorization, body: await text(req) });
    const [status, body] = github.answers[route] ?? standard[route] ?? [404, {}];
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const server = createServer((req, res) => void answer(req, res));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const github: GithubServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return github;
}
