import { connect } from 'node:net';
import { z } from 'zod';

/** What the driver knows of a connection once it stands. */
const Backend = z.object({ host: z.string(), port: z.int(), processID: z.int(), secretKey: z.int() });

const CANCEL_REQUEST = 80_877_102;

/**
 * Asks Postgres to end what a connection still waits for: to close the connection is not enough, a statement that waits for
 * a lock does not look. As the protocol has it, over a connection of its own, which says nothing but this and is not
 * answered. Nothing is known of whether it came in time.
 */
export function cancelStatement(client: object, patienceMs: number): void {
  const known = Backend.safeParse(client);
  if (!known.success) return;
  const { host, port, processID, secretKey } = known.data;
  const request = Buffer.alloc(16);
  [16, CANCEL_REQUEST, processID, secretKey].forEach((value, i) => request.writeInt32BE(value, i * 4));
  const socket = connect(
    host.startsWith('/') ? { path: `${host}/.s.PGSQL.${String(port)}` } : { host, port },
  );
  socket.setTimeout(patienceMs, () => socket.destroy());
  // Who cannot be reached is not waited for either.
  socket.on('error', () => undefined);
  socket.end(request);
  socket.resume();
}
