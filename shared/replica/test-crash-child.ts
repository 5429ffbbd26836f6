import { writeSync } from 'node:fs';
import { systemClock } from '../kernel/clock.ts';
import { openReplicaDatabase } from './open-replica-database.ts';
import { openReplica } from './replica.ts';
import { writeSpare } from './spare-snapshot.ts';
import { compactInFile } from './sqlite-compaction.ts';
import { connect } from './sqlite-connection.ts';
import { addStream, must, placeStream, TEST_ACTOR, WALL } from './test-replica.ts';

/**
 * A program that is killed: it edits at full speed and says of each edit that it is saved, once it was told so.
 *
 *     node test-crash-child.ts edit FILE FIRST TEAM    edits from number FIRST on, compacting all the time
 *     node test-crash-child.ts compact FILE STEP       compacts, and kills itself when STEP steps were taken
 */
const [mode, file = '', number = '0', team = 'alone'] = process.argv.slice(2);
const workerUrl = new URL('./compact-worker.ts', import.meta.url);

/** At once, whatever becomes of this program. */
const say = (line: string) => writeSync(1, `${line}\n`);

async function edit(first: number): Promise<void> {
  const { store } = must(
    await openReplicaDatabase({ file, workerUrl, clock: systemClock, program: 'crash test' }),
  );
  const replica = must(await openReplica({ store, actor: TEST_ACTOR, role: 'operator', clock: systemClock }));
  must(await replica.sync.joinTeam(team === 'team' ? 'store-1' : null));
  must(await replica.openWall(WALL));
  const compactAlways = async (): Promise<void> => {
    for (;;) {
      say('compaction begins');
      await store.compact('catalogue');
      say('compaction ends');
      await store.compact('wall:main');
    }
  };
  void compactAlways();
  for (let count = first; ; count += 1) {
    must(await replica.send(addStream(`crash${count}`)));
    say(`saved ${count}`);
    if (count % 4 === 0) {
      must(await replica.send(placeStream(`tile${count % 64}x${count}`, `crash${count}`, count % 3, 0)));
      say(`placed ${count}`);
    }
    // The compaction's thread answers between turns of the loop.
    if (count % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function compact(stopAt: number): Promise<void> {
  const database = connect(file);
  let steps = 0;
  const breathe = (step: string): Promise<void> => {
    steps += 1;
    say(`${steps} ${step}`);
    if (steps === stopAt) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  };
  const keepSpare = (through: number, bytes: Uint8Array) =>
    writeSpare(file, { document: 'catalogue', through, atMs: 0, bytes }, () => Promise.resolve());
  const outcome = await compactInFile({ database, document: 'catalogue', nowMs: 0, breathe, keepSpare });
  say(`done ${outcome.kind}`);
}

await (mode === 'edit' ? edit(Number(number)) : compact(Number(number)));
