import type { InputError } from '../../../contract/kit/problems.ts';
import { html, type Markup } from '../../platform/html.ts';
import type { PlainPage } from '../plain-page.ts';
import type { Field, LinkForm } from './link-pages.ts';

/** What was sent, by the names of the fields. */
export type Filled = Readonly<Record<string, string>>;

interface FormParts {
  readonly action: string;
  /** What the link carries. */
  readonly token: string;
  readonly filled?: Filled;
  readonly errors?: readonly InputError[];
}

/** Nothing happens before its button is pressed: scanners of mails follow links, too. */
export function formPage(
  { title, lead, button, fields, carries = 'token' }: LinkForm,
  { action, token, filled = {}, errors = [] }: FormParts,
): PlainPage {
  const body = html`<p>${lead}</p>
<form method="post" action="${action}">
<input type="hidden" name="${carries}" value="${token}">
${fields.map((field) => inputOf(field, filled[field.name], messagesFor(field.name, errors)))}<button type="submit">${button}</button>
</form>
`;
  return { title, body };
}

function messagesFor(name: string, errors: readonly InputError[]): readonly string[] {
  return errors.filter(({ path }) => path === name).map(({ message }) => message);
}

function inputOf(
  { name, label, type, autocomplete, hint, isOptional }: Field,
  value: string | undefined,
  messages: readonly string[],
): Markup {
  const filled = type === 'text' && value !== undefined ? html` value="${value}"` : html``;
  const isRequired = isOptional ? html`` : html` required`;
  const isWrong = messages.length > 0 ? html` aria-invalid="true"` : html``;
  return html`<label for="${name}">${label}</label>
${messages.map((message) => html`<p class="wrong" role="alert">${message}.</p>\n`)}<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"${filled}${isRequired}${isWrong}>
${hint === undefined ? html`` : html`<p class="quiet">${hint}</p>\n`}`;
}

/** What happened, or why it did not. */
export function saying(title: string, ...sentences: readonly string[]): PlainPage {
  return { title, body: html`${sentences.map((sentence) => html`<p>${sentence}</p>\n`)}` };
}
