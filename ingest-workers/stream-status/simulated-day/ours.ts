import type { StreamId } from '#shared/model/ids.ts';
import type { Memory } from '../belief.ts';
import { createCheckBook, type Judged, type Round } from '../check-book.ts';
import { defaultPolicy, type Policy } from '../policy.ts';
import { sameForAll, type Readings } from '../status-route.ts';
import { createHosts } from './hosts.ts';
import type { Played } from './original.ts';
import { createRandom } from './random.ts';
import { createRecord, firstStatus } from './record.ts';
import { simulatedRoutes, tell, troubleOf } from './routes.ts';
import { DAY_MS, START_AT, type SimulatedStream, type World } from './world.ts';

const TICK_MS = 2000;
/** After so long a request is given up. */
const PATIENCE_MS = 10_000;

type Running = Readonly<{ round: Round; readings: Readings; endsAt: number }>;

/** This checker on this day: the real book, with its real pace. `onJudged` is told what would be written. */
export function playOurs(
  world: World,
  seed: number,
  onJudged: (judged: Judged, atMs: number) => void,
  policy: Policy = defaultPolicy,
): Played {
  const random = createRandom(seed);
  const record = createRecord(world);
  const hosts = createHosts(world);
  const streams = new Map(world.streams.map((stream) => [stream.subject.id, stream]));
  const book = createCheckBook(simulatedRoutes(), policy, random);
  book.setStreams(
    world.streams.map((stream) => ({ subject: stream.subject, memory: memoryOf(stream) })),
    START_AT,
  );
  let running: Running[] = [];
  for (let at = 0; at < DAY_MS; at += TICK_MS) {
    for (const { round, readings } of running.filter(({ endsAt }) => endsAt <= at)) {
      for (const judged of book.settle(round, readings, START_AT + at)) {
        record.show(judged.id, judged.after.belief.status, at);
        onJudged(judged, START_AT + at);
      }
    }
    running = running.filter(({ endsAt }) => endsAt > at);
    for (const round of book.take(START_AT + at)) running.push(send(round, at));
  }
  return { record, hosts };

  function send(round: Round, at: number): Running {
    if (round.host === 'www.instagram.com') return { round, readings: readAll(round, at), endsAt: at };
    const meeting = hosts.meet(round.host, at);
    if (meeting === 'answer')
      return { round, readings: readAll(round, at), endsAt: at + 300 + random() * 900 };
    const endsAt = at + (meeting === 'hang' ? PATIENCE_MS : 300);
    return { round, readings: sameForAll(round.subjects, troubleOf(meeting)), endsAt };
  }

  function readAll({ subjects }: Round, at: number): Readings {
    const pairs = subjects.map(({ id }) => [id, streams.get(id)] as const);
    return new Map<StreamId, ReturnType<typeof tell>>(
      pairs.flatMap(([id, stream]) => (stream === undefined ? [] : [[id, tell(stream, at, random)]])),
    );
  }
}

/** As a catalogue would have it: the status of last night, and when it was live last. */
function memoryOf(stream: SimulatedStream): Memory {
  const status = firstStatus(stream);
  return {
    belief: { status, reason: 'As it was last night.', isMaybeEnded: false },
    details: {},
    silences: 0,
    isFinal: false,
    answeredAt: START_AT - 60_000,
    lastLiveAt: status === 'live' ? START_AT : START_AT + Math.floor(stream.lastLive),
    lastStartedAt: START_AT + Math.floor(stream.lastStart),
  };
}
