import { Command, CommanderError } from 'commander';
import { ProblemError } from '../platform/problem-error.ts';
import { describeFailure } from '../start/failure.ts';
import { adminCommand } from './admin.ts';
import { apiKeyCommand } from './api-key.ts';
import { auditCommand } from './audit.ts';
import { completionCommand } from './completion.ts';
import { configCommand } from './config.ts';
import { contractCommand } from './contract.ts';
import { leavesOf } from './definitions.ts';
import { doctorCommand } from './doctor.ts';
import { howToRun, told } from './examples.ts';
import { exitCodes } from './exit-codes.ts';
import { resolveFiles } from './file-options.ts';
import { generateCommand } from './generate.ts';
import { initCommand } from './init.ts';
import { jobsCommand } from './jobs.ts';
import { keysCommand } from './keys.ts';
import { loadCommand } from './load.ts';
import { migrateCommand } from './migrate.ts';
import { mockCommand } from './mock.ts';
import { openapiCommand } from './openapi.ts';
import { restoredCommand } from './restored.ts';
import { roleCommand } from './role.ts';
import { seedCommand } from './seed.ts';
import { serviceAccountCommand } from './service-account.ts';
import { smokeCommand } from './smoke.ts';
import { CommandFailure, type Terminal, UnreadableInput } from './terminal.ts';
import { upgradeCommand } from './upgrade.ts';
import { userCommand } from './user.ts';
import { webhooksCommand } from './webhooks.ts';
import { workerCommand } from './worker.ts';

/** Runs `charter <args>` and answers the exit code: see `exit-codes.ts`. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.done.code;
  } catch (error) {
    return fail(error, terminal, args.includes('--json'));
  }
}

/**
 * A line for each command, in the order in which `--help` shows them. Another one needs examples, too
 * (`examples.ts`), and `npm run generate` writes its page.
 */
const commands = [
  migrateCommand,
  seedCommand,
  adminCommand,
  userCommand,
  roleCommand,
  serviceAccountCommand,
  apiKeyCommand,
  keysCommand,
  workerCommand,
  jobsCommand,
  webhooksCommand,
  auditCommand,
  openapiCommand,
  mockCommand,
  contractCommand,
  configCommand,
  doctorCommand,
  restoredCommand,
  smokeCommand,
  loadCommand,
  generateCommand,
  initCommand,
  upgradeCommand,
  completionCommand,
];

export function createProgram(terminal: Terminal): Command {
  const program = new Command('charter')
    .description('Runs and looks after a Charter service.')
    .exitOverride()
    .hook('preAction', (_program, command) => resolveFiles(command))
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  for (const command of commands) {
    program.addCommand(inherit(command(terminal), program));
  }
  for (const { path, command } of leavesOf(program)) {
    const lines = (told[path]?.examples ?? []).map((line) => `  ${howToRun} ${line}`);
    if (lines.length > 0) command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  }
  return program;
}

function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, parent);
  return command;
}

function fail(error: unknown, terminal: Terminal, asJson: boolean): number {
  const isUsage = error instanceof CommanderError;
  if (isUsage && error.exitCode === 0) return exitCodes.done.code;
  const message = messageOf(error);
  const details = error instanceof CommandFailure ? error.details : {};
  if (asJson) {
    terminal.out(JSON.stringify({ ok: false, error: codeOf(error), message, ...details }));
  } else if (!isUsage) {
    // Commander has already shown what is wrong with the usage.
    terminal.err(message);
  }
  if (isUsage) return exitCodes.usage.code;
  return (error instanceof UnreadableInput ? exitCodes.unreadable : exitCodes.failed).code;
}

function messageOf(error: unknown): string {
  if (error instanceof CommandFailure || error instanceof CommanderError) return error.message;
  if (!(error instanceof ProblemError)) return describeFailure(error);
  const places = (error.errors ?? []).map(({ path, message }) => `  - ${path}: ${message}`);
  return [error.message, ...places].join('\n');
}

function codeOf(error: unknown): string {
  if (error instanceof CommanderError) return 'usage';
  if (error instanceof UnreadableInput) return 'unreadable';
  return error instanceof ProblemError ? error.code : 'failed';
}
