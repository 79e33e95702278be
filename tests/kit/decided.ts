/**
 * The answer of a call that is sent again as long as the service is too busy for it: 503 says that
 * nothing was decided, so that it neither wins nor loses.
 */
export async function decided<Answer extends { status: number }>(
  call: () => Promise<Answer>,
): Promise<Answer> {
  const answer = await call();
  return answer.status === 503 ? decided(call) : answer;
}
