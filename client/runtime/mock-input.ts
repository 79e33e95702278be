/** What must be known of an operation, to read its input. */
export interface Readable {
  /** The inputs that are headers, and what each is called on its way. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The inputs that are no text. */
  readonly reads?: Readonly<Record<string, 'number' | 'boolean' | 'list'>>;
}

/** A request as msw tells of it. */
export interface Called {
  readonly request: Request;
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The flat input that the client was given, from what it made of it. */
export async function inputOf(
  { headers = {}, reads = {} }: Readable,
  { request, params }: Called,
): Promise<Record<string, unknown>> {
  const query = new URL(request.url).searchParams;
  const input: Record<string, unknown> = { ...params };
  for (const name of new Set(query.keys())) {
    const [value = '', ...more] = query.getAll(name);
    if (reads[name] === 'list') input[name] = [value, ...more];
    else if (reads[name] === 'number') input[name] = Number(value);
    else input[name] = reads[name] === 'boolean' ? value === 'true' : value;
  }
  for (const [key, name] of Object.entries(headers)) {
    const value = request.headers.get(name);
    if (value !== null) input[key] = value;
  }
  const body = await bodyOf(request.clone());
  return body === undefined ? input : { ...input, body };
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('json')) return request.json();
  if (type.includes('urlencoded'))
    return Object.fromEntries(new URLSearchParams(await request.text()));
  return type.includes('multipart') ? Object.fromEntries(await request.formData()) : undefined;
}
