import { Command, Option } from 'commander';
import * as z from 'zod';
import { systemActor } from '../platform/auth/actor.ts';
import { JobDesk, type JobState, jobStates, type StoredJob } from '../platform/jobs/job-desk.ts';
import { assertMigrated } from '../start/prepare.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

interface Options {
  readonly json?: true;
}

export function jobsCommand(terminal: Terminal): Command {
  return new Command('jobs')
    .description('What is done later: what waits, and what failed for good.')
    .addCommand(listCommand(terminal))
    .addCommand(retryCommand(terminal))
    .addCommand(discardCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists jobs, the oldest first.')
    .addOption(new Option('--state <state>', 'only those that stand so').choices(jobStates))
    .option('--limit <n>', 'at most so many', '200')
    .option('--json', 'write the result as JSON')
    .action(async ({ state, limit, json }: Options & { state?: JobState; limit: string }) => {
      if (!/^[1-9]\d{0,4}$/.test(limit)) throw new CommandFailure('--limit takes 1 to 99999.');
      const jobs = await atDesk(terminal, 'jobs list', (desk) => desk.list(state, Number(limit)));
      if (json) return terminal.out(JSON.stringify({ ok: true, jobs }));
      if (jobs.length === 0) return terminal.out('There are none.');
      for (const job of jobs) terminal.out(line(job));
    });
}

function retryCommand(terminal: Terminal): Command {
  return new Command('retry')
    .description('Lets a job that failed for good begin anew.')
    .argument('[id]', 'the job')
    .option('--all', 'every job that failed for good')
    .option('--json', 'write the result as JSON')
    .action(async (id: string | undefined, { all, json }: Options & { all?: true }) => {
      if ((id === undefined) === (all === undefined)) {
        throw new CommandFailure('Name one job, or say --all.');
      }
      const actor = systemActor('charter jobs retry');
      const ids = await atDesk(terminal, 'jobs retry', (desk) =>
        desk.retry(actor, id && known(id)),
      );
      report(terminal, { ids, json, id, verb: 'tried again' });
    });
}

function discardCommand(terminal: Terminal): Command {
  return new Command('discard')
    .description('Drops a job that failed for good.')
    .argument('<id>', 'the job')
    .option('--json', 'write the result as JSON')
    .action(async (id: string, { json }: Options) => {
      const actor = systemActor('charter jobs discard');
      const ids = await atDesk(terminal, 'jobs discard', (desk) => desk.discard(actor, known(id)));
      report(terminal, { ids, json, id, verb: 'dropped' });
    });
}

function atDesk<Result>(
  terminal: Terminal,
  task: string,
  work: (desk: JobDesk) => Promise<Result>,
): Promise<Result> {
  return withPlatform(terminal, task, async (platform) => {
    await assertMigrated(platform);
    return work(new JobDesk(platform));
  });
}

function known(id: string): string {
  if (z.guid().safeParse(id).success) return id;
  throw new CommandFailure(`${id} is no id of a job.`);
}

interface Report extends Options {
  readonly ids: readonly string[];
  readonly id: string | undefined;
  readonly verb: string;
}

function report(terminal: Terminal, { ids, id, json, verb }: Report): void {
  if (id !== undefined && ids.length === 0) {
    throw new CommandFailure(`No job with the id ${id} has failed for good.`);
  }
  const text = ids.length === 1 ? `One job is ${verb}.` : `${ids.length} jobs are ${verb}.`;
  terminal.out(json ? JSON.stringify({ ok: true, ids }) : text);
}

function line({ id, name, state, attempts, dueAt, error }: StoredJob): string {
  const text = `${id} ${name.padEnd(28)} ${state.padEnd(8)} ${attempts} ${dueAt.toISOString()}`;
  return error === null ? text : `${text}  ${error}`;
}
