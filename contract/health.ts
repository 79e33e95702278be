import * as z from 'zod';
import {
  DatabaseComponent,
  HealthComponent,
  HealthStatus,
  JobsComponent,
  ReplicaComponent,
  SchemaComponent,
  SignInsComponent,
  SystemComponent,
  VaultComponent,
  WebhooksComponent,
} from './health-components.ts';
import { anyone, anyoneKnown } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Instant, shown } from './kit/scalars.ts';

export const HealthReport = z
  .object({
    status: HealthStatus.describe(
      'The worst state of the components. Sign-in providers, which others run, do not count, nor do `schema` and `signIns`, which only tell.',
    ),
    checkedAt: Instant,
    version: shown({ max: 100 }).optional().describe('For holders of `health:read`.'),
    uptimeSeconds: z.number().min(0).optional().describe('For holders of `health:read`.'),
    components: z
      .object({
        database: DatabaseComponent,
        jobs: JobsComponent,
        mail: HealthComponent,
        webhooks: WebhooksComponent,
        audit: HealthComponent,
        redis: HealthComponent.optional().describe('Absent where none is configured.'),
        replica: ReplicaComponent.optional().describe('Absent where none is configured.'),
        vault: VaultComponent.optional().describe('Absent where no secret is in one.'),
        identityProviders: HealthComponent,
        storage: HealthComponent,
        system: SystemComponent,
        schema: SchemaComponent,
        signIns: SignInsComponent,
        configuration: HealthComponent,
      })
      .optional()
      .describe('For holders of `health:read`.'),
  })
  .meta({
    id: 'HealthReport',
    description: 'The state of the service; details for holders of `health:read` only.',
    examples: [{ status: 'healthy', checkedAt: '2026-11-21T12:00:00.000Z' }],
  });
export type HealthReport = z.infer<typeof HealthReport>;

export const Liveness = z
  .object({ status: z.literal('alive') })
  .meta({ id: 'Liveness', description: 'The process runs.', examples: [{ status: 'alive' }] });

export const Readiness = z.object({ status: z.literal('ready') }).meta({
  id: 'Readiness',
  description: 'The service takes work.',
  examples: [{ status: 'ready' }],
});

export const health = c.router(
  {
    check: {
      method: 'GET',
      path: '',
      summary: 'Check the service',
      description:
        '200 while the service is healthy or degraded, 503 when it is unhealthy. Anonymous callers see the status only.',
      responses: { 200: HealthReport, 503: HealthReport },
      metadata: { access: anyoneKnown },
    },
    liveness: {
      method: 'GET',
      path: '/liveness',
      summary: 'Check that the process runs',
      description: 'Touches no dependency. Restart the process when this fails.',
      responses: { 200: Liveness },
      metadata: { access: anyone, limit: 'none' },
    },
    readiness: {
      method: 'GET',
      path: '/readiness',
      summary: 'Check that the service takes work',
      description:
        '503 while a required dependency is away or the process is stopping. Send no traffic then.',
      responses: { 200: Readiness },
      metadata: { access: anyone, limit: 'none' },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/health`),
);
