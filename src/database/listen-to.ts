/** Listens to a channel, and connects again after each interruption. */
import type { Client } from 'pg';

const LISTEN_AGAIN_MS = 1_000;

/** `heard` is called for each notification, and after each new connection. Returns what stops it. */
export function listenTo(connect: () => Client, channel: string, heard: () => void): () => void {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const start = async (): Promise<void> => {
    const opened = connect();
    client = opened;
    const again = (): void => {
      if (client !== opened || isStopped) return;
      client = undefined;
      void opened.end().catch(() => {});
      timer = setTimeout(() => void start(), LISTEN_AGAIN_MS).unref();
    };
    opened.on('error', again);
    opened.on('end', again);
    opened.on('notification', heard);
    try {
      await opened.connect();
      await opened.query(`LISTEN ${channel}`);
      heard();
    } catch {
      again();
    }
  };
  void start();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    void client?.end().catch(() => {});
  };
}
