import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type CpuTime, cpuTimeOf, elapsed, hasSchedulerStatistics, memoryOf } from './cpu.ts';
import { type Cpu, onServerCpu } from './pinning.ts';

export interface ServerCommand {
  readonly file: string;
  readonly env: Record<string, string>;
  readonly cpu?: Cpu;
}

/** A server under measurement, in a process of its own. */
export class Server {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start({ file, env, cpu }: ServerCommand): Promise<Server> {
    const command = onServerCpu(process.execPath, [file], cpu);
    const child = spawn(command.file, command.args, {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
      // Its access log goes where it costs writing, and no disk.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${file} ended before it listened`);
    });
    const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
    ended.catch(() => {});
    return new Server(child, port);
  }

  /** CPU time so far. */
  async cpuTime(): Promise<CpuTime> {
    if (hasSchedulerStatistics) return cpuTimeOf(this.#child.pid as number);
    this.#child.send('cpu');
    const [{ cpu }] = await once(this.#child, 'message');
    return { totalUs: cpu.user + cpu.system, userUs: cpu.user, systemUs: cpu.system };
  }

  /** CPU time that passed while something was done. */
  async cpuTimeOf<Done>(work: () => Promise<Done>): Promise<{ cpu: CpuTime; done: Done }> {
    const before = await this.cpuTime();
    const done = await work();
    return { cpu: elapsed(before, await this.cpuTime()), done };
  }

  memory() {
    return memoryOf(this.#child.pid as number);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
