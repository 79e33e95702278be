import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bundle } from './project.ts';

const source = `
import { scenario } from './scenario.mjs';
const worker = {
  async fetch(request) {
    try {
      return Response.json(await scenario(new URL(request.url).searchParams.get('base')));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
export { worker as default };`;

/** The worker may ask this machine: the service is here. */
const configOf = (port: number) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-06-01",
      globalOutbound = "outside"
    )),
    (name = "outside", network = (allow = ["local", "private", "public"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
`;

/** What Cloudflare runs workers on. */
export async function inWorker(workerd: string, folder: string, base: string): Promise<string> {
  const port = await freePort();
  await writeFile(join(folder, 'worker.js'), await bundle(folder, source));
  await writeFile(join(folder, 'worker.capnp'), configOf(port));
  const args = ['serve', join(folder, 'worker.capnp'), '--control-fd=3'];
  const worker = spawn(workerd, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let said = '';
  worker.stderr?.on('data', (text: Buffer) => {
    said += text;
  });
  try {
    await new Promise<void>((resolve, reject) => {
      // It tells that it listens.
      worker.stdio[3]?.once('data', () => resolve());
      worker.once('exit', () => reject(new Error(`workerd ended: ${said}`)));
    });
    const url = `http://127.0.0.1:${port}/?base=${encodeURIComponent(base)}`;
    const answer = await fetch(url);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${text}\n${said}`);
    return text;
  } finally {
    worker.kill('SIGKILL');
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
