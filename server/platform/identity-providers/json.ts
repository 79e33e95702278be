import { ProviderError } from './identity-provider.ts';

/** The JSON of a good answer. */
export async function readJson(response: Response, from: string): Promise<unknown> {
  if (response.status !== 200) throw statusFailure(response.status, from);
  try {
    return await response.json();
  } catch {
    throw new ProviderError('invalid_answer', `${from}: answers what is no JSON`);
  }
}

export function statusFailure(status: number, from: string): ProviderError {
  const failure = isPassing(status) ? 'unreachable' : 'invalid_answer';
  return new ProviderError(failure, `${from}: answers ${status}`);
}

/** Whether a later attempt may do better. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
