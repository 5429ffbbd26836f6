import { systemClock } from '#shared/kernel/clock.ts';
import { startDemoServer } from './demo-server.ts';

/**
 * The demo channels as a process of their own, so that they cannot slow the wall that shows them.
 * Arguments: the folder of the clips, and the port. Says on its parent's port, or else on standard output as one line of
 * JSON, where it serves or which port is taken.
 */
async function main([clipsFolder, port]: readonly string[]): Promise<void> {
  if (clipsFolder === undefined) throw new Error('The folder of the clips is not given.');
  const started = await startDemoServer({ clipsFolder, port: Number(port ?? 0), clock: systemClock });
  tell(started.ok ? { origin: started.value.origin } : { takenPort: started.error.takenPort });
  if (!started.ok) process.exitCode = 1;
}

function tell(message: { readonly origin: string } | { readonly takenPort: number }): void {
  if ('parentPort' in process && process.parentPort !== undefined) process.parentPort.postMessage(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
