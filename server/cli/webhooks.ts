import { Command, Option } from 'commander';
import * as z from 'zod';
import { WebhookTest } from '../../contract/webhooks.ts';
import type { WebhookDelivery } from '../features/webhooks/model.ts';
import { viewDelivery, viewWebhook } from '../features/webhooks/view.ts';
import type { Features } from '../features.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { checked } from './given.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

const states = ['waiting', 'delivered', 'failed'] as const satisfies WebhookDelivery['state'][];
type State = (typeof states)[number];

interface Options {
  readonly json?: true;
}

export function webhooksCommand(terminal: Terminal): Command {
  return new Command('webhooks')
    .description('Addresses that are told of events, and what was delivered to them.')
    .addCommand(listCommand(terminal))
    .addCommand(deliveriesCommand(terminal))
    .addCommand(redeliverCommand(terminal))
    .addCommand(testCommand(terminal))
    .addCommand(stateCommand(terminal, 'pause', 'Sends nothing more; what happens collects.'))
    .addCommand(stateCommand(terminal, 'resume', 'Goes on, with what has collected.'));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists webhooks, the oldest first, and what waits for them all.')
    .option('--json', 'write the result as JSON')
    .action(async ({ json }: Options) => {
      const { webhooks, backlog } = await withFeatures(terminal, 'webhooks list', everything);
      if (json) return terminal.out(JSON.stringify({ ok: true, webhooks, backlog }));
      if (webhooks.length === 0) terminal.out('There are none.');
      for (const { id, state, pauseReason, url } of webhooks) {
        terminal.out(`${id} ${(pauseReason ?? state).padEnd(8)} ${url}`);
      }
      const { waiting, oldestWaitingSeconds } = backlog;
      terminal.out(`${waiting} deliveries are due, the oldest for ${oldestWaitingSeconds} s.`);
    });
}

async function everything({ webhooks }: Features) {
  const actor = systemActor('charter webhooks list');
  const found = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await webhooks.service.list(actor, { cursor, limit: 200 });
    found.push(...page.items.map(viewWebhook));
    cursor = page.nextCursor ?? undefined;
  }
  return { webhooks: found, backlog: await webhooks.backlog() };
}

function deliveriesCommand(terminal: Terminal): Command {
  return new Command('deliveries')
    .description('Lists the newest deliveries of a webhook.')
    .argument('<id>', 'the webhook')
    .addOption(new Option('--state <state>', 'only those that stand so').choices(states))
    .option('--json', 'write the result as JSON')
    .action(async (id: string, { state, json }: Options & { state?: State }) => {
      const actor = systemActor('charter webhooks deliveries');
      const { items } = await withFeatures(terminal, 'webhooks deliveries', ({ webhooks }) =>
        webhooks.deliveries.list(actor, known(id), { state, limit: 200 }),
      );
      const deliveries = items.map(viewDelivery);
      if (json) return terminal.out(JSON.stringify({ ok: true, deliveries }));
      if (items.length === 0) return terminal.out('There are none.');
      for (const delivery of items) terminal.out(line(delivery));
    });
}

function redeliverCommand(terminal: Terminal): Command {
  return new Command('redeliver')
    .description('Sends an event to a webhook again.')
    .argument('<id>', 'the webhook')
    .argument('<delivery>', 'a delivery that arrived or was given up')
    .option('--json', 'write the result as JSON')
    .action(async (id: string, deliveryId: string, { json }: Options) => {
      const actor = systemActor('charter webhooks redeliver');
      const delivery = await withFeatures(terminal, 'webhooks redeliver', ({ webhooks }) =>
        webhooks.deliveries.redeliver(actor, known(id), known(deliveryId)),
      );
      if (json) return terminal.out(JSON.stringify({ ok: true, delivery: viewDelivery(delivery) }));
      terminal.out(`It is sent again, as ${delivery.id}.`);
    });
}

function testCommand(terminal: Terminal): Command {
  return new Command('test')
    .description('Sends an example of an event to a webhook, marked as a test.')
    .argument('<id>', 'the webhook')
    .option('--event <name>', 'of which kind', 'account.created')
    .option('--json', 'write the result as JSON')
    .action(async (id: string, { event, json }: Options & { event: string }) => {
      const wanted = checked(WebhookTest, { event: event as WebhookTest['event'] });
      const actor = systemActor('charter webhooks test');
      const delivery = await withFeatures(terminal, 'webhooks test', ({ webhooks }) =>
        webhooks.deliveries.test(actor, known(id), wanted),
      );
      if (json) return terminal.out(JSON.stringify({ ok: true, delivery: viewDelivery(delivery) }));
      terminal.out(`It is sent as ${delivery.id}.`);
    });
}

function stateCommand(terminal: Terminal, verb: 'pause' | 'resume', description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<id>', 'the webhook')
    .option('--json', 'write the result as JSON')
    .action(async (id: string, { json }: Options) => {
      const actor = systemActor(`charter webhooks ${verb}`);
      const state = verb === 'pause' ? ('paused' as const) : ('active' as const);
      const webhook = await withFeatures(terminal, `webhooks ${verb}`, async ({ webhooks }) =>
        viewWebhook(await webhooks.service.update(actor, known(id), { state })),
      );
      terminal.out(json ? JSON.stringify({ ok: true, webhook }) : `It is ${state}.`);
    });
}

function known(id: string): string {
  if (z.guid().safeParse(id).success) return id;
  throw new CommandFailure(`${id} is no id.`);
}

function line({ id, event, state, attempts, status, error, dueAt }: WebhookDelivery): string {
  const due = dueAt === null ? '' : ` next ${dueAt.toISOString()}`;
  const last = error ?? status ?? '';
  return `${id} ${event.padEnd(30)} ${state.padEnd(9)} ${attempts} ${last}${due}`;
}
