import type { Workload } from '../load/workloads.ts';
import { ask, type Reply } from './ask.ts';
import type { Started } from './peers.ts';

/** Before anything is measured: every peer answers every workload as the first one does. */
export async function verifyAnswers(
  servers: readonly Started[],
  workloads: readonly Workload[],
): Promise<void> {
  for (const workload of workloads) {
    const expected = new Map<string, string>();
    for (const { peer, server } of servers) {
      for (const request of workload.requests.slice(0, 3)) {
        const reply = await ask(server.port, request);
        const problem = complaint(workload, peer.refusal, reply, expected.get(request));
        if (problem) throw new Error(`${peer.label}, ${workload.name}: ${problem}`);
        expected.set(request, comparable(workload, reply.body));
      }
    }
  }
}

function complaint(workload: Workload, refusal: number, reply: Reply, expected?: string) {
  const status = workload.name === 'W7' ? refusal : workload.status;
  if (reply.status !== status) return `answered ${reply.status} ${reply.body}`;
  // A refusal is in everybody's own words.
  if (workload.name === 'W7' || expected === undefined) return undefined;
  const found = comparable(workload, reply.body);
  return found === expected ? undefined : `answered ${found}, and others ${expected}`;
}

/** The body, byte by byte but for what differs from answer to answer. */
function comparable({ varying = [] }: Workload, body: string): string {
  return varying.reduce(
    (text, field) => text.replace(new RegExp(`"${field}":"[^"]*"`), `"${field}":"…"`),
    body,
  );
}
