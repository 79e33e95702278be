// Is this process ready for traffic? An image without a shell has nobody else to ask. A worker has no
// such door: give the address of its metrics instead.
import { get } from 'node:http';

const { PORT = '3000' } = process.env;
const address = process.argv[2] ?? `http://127.0.0.1:${PORT}/api/v1/health/readiness`;

get(address, { timeout: 2500 }, (answer) => {
  answer.resume();
  end(answer.statusCode === 200 ? 0 : 1, `${address} answered ${answer.statusCode}`);
})
  .on('timeout', () => end(1, `${address} did not answer in time`))
  .on('error', (error) => end(1, `${address}: ${error.message}`));

function end(code, line) {
  process.stdout.write(`${line}\n`);
  process.exit(code);
}
