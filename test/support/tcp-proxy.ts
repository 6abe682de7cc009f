/** Stands between a server and its clients, and does to their connections what networks do. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type TcpProxy = {
  readonly port: number;
  /** Connections that are open. */
  open(): number;
  /** Cuts every connection now. */
  cut(): void;
  /** Whether each new connection is cut at once. */
  refuses: boolean;
  /** How late each piece arrives, both ways. */
  delayMs: number;
  /** Whether nothing arrives, although all connections stay open. */
  stalls: boolean;
  /**
   * Cuts the next connection on which a client sends this text: `before` the server has it, or `after` the server has
   * answered, whose answer the client does not get. Resolves when it was cut.
   */
  cutAt(text: string, when: 'before' | 'after'): Promise<void>;
  stop(): Promise<void>;
};

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let trap: { text: string; when: 'before' | 'after'; sprung: () => void } | undefined;
  const server = createServer((client) => {
    if (proxy.refuses) return void client.destroy();
    const target = connect(targetPort, '127.0.0.1');
    const pair = [client, target] as const;
    pairs.add(pair);
    const end = () => {
      client.destroy();
      target.destroy();
      pairs.delete(pair);
    };
    let isLast = false;
    pass(client, target, (piece) => {
      if (trap === undefined || !piece.includes(trap.text)) return true;
      if (trap.when === 'after') isLast = true;
      else end();
      if (!isLast) trap.sprung();
      return isLast;
    });
    pass(target, client, () => {
      if (!isLast) return true;
      end();
      trap?.sprung();
      return false;
    });
    for (const socket of pair) socket.on('close', end).on('error', end);
  });

  /** In the order in which the pieces came. */
  function pass(from: Socket, to: Socket, mayPass: (piece: Buffer) => boolean): void {
    let turn = Promise.resolve();
    from.on('data', (piece) => {
      turn = turn.then(async () => {
        if (proxy.delayMs > 0) await sleep(proxy.delayMs);
        while (proxy.stalls && !from.destroyed) await sleep(20);
        if (mayPass(piece) && !to.destroyed) to.write(piece);
      });
    });
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    refuses: false,
    delayMs: 0,
    stalls: false,
    open: () => pairs.size,
    cut() {
      for (const [client] of pairs) client.destroy();
    },
    cutAt(text, when) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const sprung = () => {
        trap = undefined;
        resolve();
      };
      trap = { text, when, sprung };
      return promise;
    },
    async stop() {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
