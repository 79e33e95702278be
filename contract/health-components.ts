import * as z from 'zod';
import { Instant, shown } from './kit/scalars.ts';

export const HealthStatus = z.enum(['healthy', 'degraded', 'unhealthy']);

export const HealthComponent = z
  .object({
    status: HealthStatus,
    durationMs: z
      .number()
      .min(0)
      .optional()
      .describe('How long the check took; absent where nothing had to be asked.'),
    warnings: z.array(shown({ max: 500 })).max(20),
  })
  .meta({
    id: 'HealthComponent',
    description: 'The state of one part of the service.',
    examples: [{ status: 'healthy', durationMs: 1.8, warnings: [] }],
  });
export type HealthComponent = z.infer<typeof HealthComponent>;

const connections = z.int().min(0);

export const DatabaseComponent = HealthComponent.extend({
  pool: z
    .object({
      used: connections.describe('In use, or being opened.'),
      waiting: connections.describe('How many wait for one.'),
      max: connections.describe('How many there may be.'),
    })
    .describe('The connections of the process that answers.'),
}).meta({
  id: 'DatabaseComponent',
  description: 'The state of the database, and of the way to it.',
  examples: [
    {
      ...{ status: 'healthy', durationMs: 1.8, warnings: [] },
      pool: { used: 1, waiting: 0, max: 10 },
    },
  ],
});
export type DatabaseComponent = z.infer<typeof DatabaseComponent>;

export const JobsComponent = HealthComponent.extend({
  waiting: z.int().min(0).describe('How many jobs are due and not done.'),
  oldestWaitingSeconds: z.number().min(0).describe('For how long the oldest of them has been due.'),
  dead: z.int().min(0).describe('How many jobs have failed for good.'),
}).meta({
  id: 'JobsComponent',
  description: 'The state of the queue of jobs.',
  examples: [
    {
      status: 'healthy',
      durationMs: 1.1,
      warnings: [],
      waiting: 0,
      oldestWaitingSeconds: 0,
      dead: 0,
    },
  ],
});
export type JobsComponent = z.infer<typeof JobsComponent>;

export const WebhooksComponent = HealthComponent.extend({
  waiting: z.int().min(0).describe('How many deliveries are due and not tried.'),
  oldestWaitingSeconds: z.number().min(0).describe('For how long the oldest of them has been due.'),
  paused: z.int().min(0).describe('How many webhooks were paused because nothing arrived there.'),
}).meta({
  id: 'WebhooksComponent',
  description: 'The state of deliveries to webhooks.',
  examples: [
    {
      ...{ status: 'healthy', durationMs: 0.9, warnings: [] },
      ...{ waiting: 0, oldestWaitingSeconds: 0, paused: 0 },
    },
  ],
});
export type WebhooksComponent = z.infer<typeof WebhooksComponent>;

export const VaultComponent = HealthComponent.extend({
  ageSeconds: z
    .number()
    .min(0)
    .describe('How long ago this process has read it without a failure.'),
  secrets: z
    .array(
      z.object({
        name: shown({ max: 200 }),
        version: z.int().min(0).describe('The one that was read last.'),
      }),
    )
    .max(20),
}).meta({
  id: 'VaultComponent',
  description: 'Where secrets come from, as far as the process that answers knows.',
  examples: [
    {
      ...{ status: 'healthy', warnings: [], ageSeconds: 12 },
      secrets: [{ name: 'kv/charter', version: 3 }],
    },
  ],
});
export type VaultComponent = z.infer<typeof VaultComponent>;

export const ReplicaComponent = HealthComponent.extend({
  lagSeconds: z
    .number()
    .min(0)
    .nullable()
    .describe('For how long at most it has lacked what the primary has; null: not known.'),
}).meta({
  id: 'ReplicaComponent',
  description: 'The replica of the database, as the process that answers found it last.',
  examples: [{ status: 'healthy', warnings: [], lagSeconds: 0 }],
});
export type ReplicaComponent = z.infer<typeof ReplicaComponent>;

const share = z.number().min(0).max(1);

export const SystemComponent = HealthComponent.extend({
  cpuLoad: z
    .number()
    .min(0)
    .describe('What runs or waits for a processor, by processor: the average of a minute.'),
  memoryUsed: share.describe('The share of the memory that is in use.'),
  storageFree: share
    .nullable()
    .describe(
      'The share of the disk where files are kept that is free; null: not known, or they are kept in a bucket.',
    ),
}).meta({
  id: 'SystemComponent',
  description: 'The machine that the process runs on.',
  examples: [
    {
      ...{ status: 'healthy', durationMs: 0.2, warnings: [] },
      ...{ cpuLoad: 0.35, memoryUsed: 0.41, storageFree: 0.72 },
    },
  ],
});
export type SystemComponent = z.infer<typeof SystemComponent>;

export const SchemaComponent = HealthComponent.extend({
  lastMigration: shown({ max: 200 }).nullable().describe('What ran last; null: not known.'),
  migratedAt: Instant.nullable(),
}).meta({
  id: 'SchemaComponent',
  description: 'The schema of the database.',
  examples: [
    {
      ...{ status: 'healthy', durationMs: 0.8, warnings: [] },
      ...{ lastMigration: '0026_provider_sessions', migratedAt: '2026-11-21T11:58:00.000Z' },
    },
  ],
});
export type SchemaComponent = z.infer<typeof SchemaComponent>;

export const SignInsComponent = HealthComponent.extend({
  failing: z
    .int()
    .min(0)
    .max(1000)
    .describe(
      'At how many accounts, and names of nobody, passwords or codes were wrong within a quarter of an hour. 1000 stands for more, too.',
    ),
  heldBack: z.int().min(0).max(1000).describe('How many of them have to wait.'),
}).meta({
  id: 'SignInsComponent',
  description: 'Sign-ins that have failed of late.',
  examples: [{ status: 'healthy', durationMs: 0.7, warnings: [], failing: 3, heldBack: 0 }],
});
export type SignInsComponent = z.infer<typeof SignInsComponent>;
