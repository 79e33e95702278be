import { connect } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One request as the load generator sends it, on a connection of its own. */
export function ask(port: number, request: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(request.replace('\r\n', '\r\nConnection: close\r\n'));
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject).on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.slice(9, 12)), body });
    });
  });
}
