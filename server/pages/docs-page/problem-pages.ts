import { oauthExample } from '../../../contract/document/oauth-refusals.ts';
import { problemExample } from '../../../contract/document/refusals.ts';
import { findingCodes, findings } from '../../../contract/kit/findings.ts';
import type { Operation } from '../../../contract/kit/operations.ts';
import { type ProblemCode, problemCodes, problems } from '../../../contract/kit/problems.ts';
import { html, type Markup, prose } from '../../platform/html.ts';
import { STATUS_CODES } from '../../platform/node-http.ts';
import { apiName, layout } from './layout.ts';

/** Every code on one page, in the order of their status. */
export function problemIndex(base: string): string {
  const rows = problemCodes.map(
    (code) => html`      <tr>
        <td>${problems[code].status}</td>
        <td><a href="${base}/problems/${code}"><code>${code}</code></a></td>
        <td>${problems[code].title}</td>
      </tr>
`,
  );
  const body = html`    <main class="page">
      <h1>Problems</h1>
      <p>Every error is a problem after RFC 9457. Program against its <code>code</code>. Where OAuth libraries call, it looks as RFC 6749 says.</p>
      <table>
      <tr><th>Status</th><th>Code</th><th>Meaning</th></tr>
${rows}      </table>
    </main>`;
  return layout({ title: `Problems – ${apiName}`, base, body });
}

interface Around {
  /** Where the documentation is mounted, as `/docs`. */
  readonly base: string;
  readonly publicUrl: string;
  /** All that the service answers. */
  readonly operations: readonly Operation[];
}

/** The page that the `type` of a problem points to. */
export function problemPage(code: ProblemCode, { base, publicUrl, operations }: Around): string {
  const { status, title, prose: text } = problems[code];
  const answering = operations.filter((operation) => operation.problems.has(code));
  const isOAuths = answering.length > 0 && answering.every(({ errors }) => errors === 'oauth');
  const example = (isOAuths ? oauthExample : problemExample)(code, publicUrl);
  const body = html`    <main class="page">
      <p class="status">${status} ${STATUS_CODES[status] ?? ''}</p>
      <h1>${title}</h1>
      <p><code>${code}</code></p>
      <h2>What it means, and what to do</h2>
      <p>${prose(text)}</p>
${code === 'validation_failed' ? findingsTable() : ''}      <h2>Which operations answer it</h2>
${answeredBy(answering, base, operations)}
      <h2>What it looks like</h2>
      <pre>${JSON.stringify(example, null, 2)}</pre>
    </main>`;
  return layout({ title: `${title} – ${apiName}`, base, body });
}

/** The closed list of `errors[].code`. */
function findingsTable(): Markup {
  const rows = findingCodes.map(
    (
      code,
    ) => html`      <tr id="${code}"><td><code>${code}</code></td><td>${prose(findings[code])}</td></tr>
`,
  );
  return html`      <h2>What can be wrong: <code>errors[].code</code></h2>
      <table>
      <tr><th>Code</th><th>Meaning</th></tr>
${rows}      </table>
`;
}

function answeredBy(
  answering: readonly Operation[],
  base: string,
  operations: readonly Operation[],
): Markup {
  if (answering.length === 0) {
    return html`      <p>None: the server itself answers it, before any operation is reached.</p>`;
  }
  if (answering.length === operations.length) return html`      <p>All of them.</p>`;
  return html`      <ul>
${answering.map((operation) => item(operation, base))}      </ul>`;
}

function item({ noun, operationId, route }: Operation, base: string): Markup {
  return html`        <li>
          <a href="${base}#/${noun}/${operationId}"><code>${route.method} ${asDocumented(route.path)}</code></a>
          ${route.summary ?? ''}
        </li>
`;
}

/** `/users/{userId}`, as the document writes what the router calls `/users/:userId`. */
function asDocumented(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}
