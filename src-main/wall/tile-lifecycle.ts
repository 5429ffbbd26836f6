import type { TileFault, TileReport } from '#shared/protocol/tile-report.ts';

/**
 * The life of one tile, as pure transitions.
 *
 *    start, reload, or the time of a pause is up
 *                  │
 *                  ▼
 *    ┌───────── loading ───answered────▶ waiting ──frames──▶ playing ──none for a while──▶ stalled
 *    │             └─────────────frames────────────────────▶ │  ▲ └────────frames──────────┘  │
 *    │                                    │                  │  │                             │
 *    │ ◀───── failed, or its time is up ──┴──────────────────┼──┼─────────────────────────────┘
 *    ▼                                                       │  │
 *    retrying   (another try may well help)    ──frames──────┼──┤
 *    failed     (a person is needed)           ──frames──────┼──┘
 *    offline    (the broadcast is over)   ◀──────ended───────┘
 *
 *    parked: by request from any state, and out of it only by request.
 *
 * Every state but `parked` has a moment at which it ends by itself (`deadlineMs`), so no tile waits for ever. Whoever
 * holds the machine sets one timer for that moment and then sends `time`. A tile is loaded afresh when `attempt` grows.
 */
export type TileLife =
  | (Attempted & { readonly state: 'loading' })
  | (Attempted & { readonly state: 'waiting' })
  | (Attempted & { readonly state: 'playing'; readonly lastFrameMs: number })
  | (Attempted & { readonly state: 'stalled' })
  | (Attempted & { readonly state: 'retrying'; readonly fault: TileFault; readonly retryAtMs: number })
  | (Attempted & { readonly state: 'failed'; readonly fault: TileFault; readonly retryAtMs: number })
  | (Attempted & { readonly state: 'offline'; readonly retryAtMs: number })
  | (Attempted & { readonly state: 'parked' });

type Attempted = {
  /** Grows with each load. */
  readonly attempt: number;
  /** In a row; decides how long the next pause is. Forgotten when the tile plays steadily. */
  readonly failures: number;
  /** Why the last load failed, while it is not known that this one is better. */
  readonly lastFault: TileFault | null;
  readonly sinceMs: number;
};

export type TileLifeEvent =
  | { readonly type: 'answered' }
  | { readonly type: 'frames' }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly fault: TileFault }
  /** Time has passed. */
  | { readonly type: 'time' }
  /** A person asks, or the stream changed: load afresh now, with a clean record. */
  | { readonly type: 'reload' }
  | { readonly type: 'park' }
  | { readonly type: 'unpark' };

/** What surrounds a transition: the moment, and a number in 0..1 that keeps many tiles from retrying at once. */
export type Moment = { readonly nowMs: number; readonly dice: number };

export const LOADING_MS = 15_000;
export const WAITING_MS = 12_000;
/** A picture that stands still for longer than a late segment explains. */
export const STILL_MS = 4_000;
export const STALLED_MS = 8_000;
export const MAX_PAUSE_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
/** Playing for so long clears the record of failures. */
export const STEADY_MS = 30_000;

/** Faults that trying again seldom mends: said as such, and still tried, since the other side may change its mind. */
const NEEDS_A_PERSON: ReadonlySet<TileFault> = new Set<TileFault>([
  'login-needed',
  'blocked',
  'private-address',
  'unsupported',
]);

export function startLife(nowMs: number): TileLife {
  return { state: 'loading', attempt: 1, failures: 0, lastFault: null, sinceMs: nowMs };
}

type State = TileLife['state'];
type LifeIn<S extends State> = Extract<TileLife, { readonly state: S }>;
type EventOf<E extends TileLifeEvent['type']> = Extract<TileLifeEvent, { readonly type: E }>;
type Table = {
  readonly [S in State]: {
    readonly [E in TileLifeEvent['type']]: (life: LifeIn<S>, event: EventOf<E>, moment: Moment) => TileLife;
  };
};

/** What becomes of a tile. Gives the same object back where nothing changes. */
export function nextLife(life: TileLife, event: TileLifeEvent, moment: Moment): TileLife {
  // The table pairs each state with what is for that state and event; the compiler cannot follow a look-up by both.
  const transition = table[life.state][event.type] as (
    life: TileLife,
    event: TileLifeEvent,
    moment: Moment,
  ) => TileLife;
  return transition(life, event, moment);
}

/** When this state ends by itself; null for a parked tile, which waits for a person. */
export function deadlineMs(life: TileLife): number | null {
  switch (life.state) {
    case 'loading':
      return life.sinceMs + LOADING_MS;
    case 'waiting':
      return life.sinceMs + WAITING_MS;
    case 'playing':
      return life.lastFrameMs + STILL_MS;
    case 'stalled':
      return life.sinceMs + STALLED_MS;
    case 'retrying':
    case 'failed':
    case 'offline':
      return life.retryAtMs;
    case 'parked':
      return null;
  }
}

/** The fault to be shown, if any. */
export function faultOf(life: TileLife): TileFault | null {
  return life.state === 'retrying' || life.state === 'failed' ? life.fault : null;
}

export function retryAtMsOf(life: TileLife): TileReport['retryAtMs'] {
  return life.state === 'retrying' || life.state === 'failed' || life.state === 'offline'
    ? life.retryAtMs
    : null;
}

/** Every state against every event: a new one of either does not compile until it is answered here. */
const table: Table = {
  loading: {
    answered: wait,
    frames: play,
    ended: end,
    failed: fail,
    time: (life, _event, moment) => failWhenDue(life, 'timeout', moment),
    reload,
    park,
    unpark: stay,
  },
  waiting: {
    answered: stay,
    frames: play,
    ended: end,
    failed: fail,
    time: (life, _event, moment) => failWhenDue(life, 'no-media', moment),
    reload,
    park,
    unpark: stay,
  },
  playing: {
    answered: stay,
    frames: goOn,
    ended: end,
    failed: fail,
    time: stallWhenDue,
    reload,
    park,
    unpark: stay,
  },
  stalled: {
    answered: stay,
    frames: play,
    ended: end,
    failed: fail,
    time: (life, _event, moment) => failWhenDue(life, 'network', moment),
    reload,
    park,
    unpark: stay,
  },
  retrying: {
    answered: stay,
    // The old load came back to life before it was given up.
    frames: play,
    ended: stay,
    failed: stay,
    time: loadWhenDue,
    reload,
    park,
    unpark: stay,
  },
  failed: {
    answered: stay,
    frames: play,
    ended: stay,
    failed: stay,
    time: loadWhenDue,
    reload,
    park,
    unpark: stay,
  },
  offline: {
    answered: stay,
    // What is left in the buffer is not a broadcast that goes on; the next try will tell.
    frames: stay,
    ended: stay,
    failed: stay,
    time: loadWhenDue,
    reload,
    park,
    unpark: stay,
  },
  parked: {
    answered: stay,
    frames: stay,
    ended: stay,
    failed: stay,
    time: stay,
    reload: stay,
    park: stay,
    unpark: reload,
  },
};

function stay(life: TileLife): TileLife {
  return life;
}

function wait(life: TileLife, _event: unknown, { nowMs }: Moment): TileLife {
  return { state: 'waiting', ...recordOf(life), sinceMs: nowMs };
}

function play(life: TileLife, _event: unknown, { nowMs }: Moment): TileLife {
  return { state: 'playing', ...recordOf(life), sinceMs: nowMs, lastFrameMs: nowMs };
}

function goOn(life: LifeIn<'playing'>, _event: unknown, { nowMs }: Moment): TileLife {
  const isSteady = nowMs - life.sinceMs >= STEADY_MS;
  return { ...life, lastFrameMs: nowMs, ...(isSteady ? { failures: 0, lastFault: null } : {}) };
}

function stallWhenDue(life: LifeIn<'playing'>, _event: unknown, moment: Moment): TileLife {
  return isDue(life, moment) ? { state: 'stalled', ...recordOf(life), sinceMs: moment.nowMs } : life;
}

function end(life: TileLife, _event: unknown, { nowMs, dice }: Moment): TileLife {
  return {
    state: 'offline',
    ...recordOf(life),
    sinceMs: nowMs,
    retryAtMs: nowMs + jittered(MAX_PAUSE_MS, dice),
  };
}

function park(life: TileLife, _event: unknown, { nowMs }: Moment): TileLife {
  return { state: 'parked', ...recordOf(life), sinceMs: nowMs };
}

function load(life: TileLife, { nowMs }: Moment): TileLife {
  const { attempt, failures, lastFault } = life;
  return { state: 'loading', attempt: attempt + 1, failures, lastFault, sinceMs: nowMs };
}

function reload(life: TileLife, _event: unknown, moment: Moment): TileLife {
  return { ...load(life, moment), failures: 0, lastFault: null };
}

function loadWhenDue(life: TileLife, _event: unknown, moment: Moment): TileLife {
  return isDue(life, moment) ? load(life, moment) : life;
}

function fail(life: TileLife, { fault }: { readonly fault: TileFault }, { nowMs, dice }: Moment): TileLife {
  const needsAPerson = NEEDS_A_PERSON.has(fault);
  const pauseMs = needsAPerson
    ? MAX_PAUSE_MS
    : Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(life.failures, 10));
  return {
    state: needsAPerson ? 'failed' : 'retrying',
    attempt: life.attempt,
    failures: life.failures + 1,
    lastFault: fault,
    sinceMs: nowMs,
    fault,
    retryAtMs: nowMs + jittered(pauseMs, dice),
  };
}

function failWhenDue(life: TileLife, fault: TileFault, moment: Moment): TileLife {
  return isDue(life, moment) ? fail(life, { fault }, moment) : life;
}

function recordOf({ attempt, failures, lastFault }: TileLife): Omit<Attempted, 'sinceMs'> {
  return { attempt, failures, lastFault };
}

function isDue(life: TileLife, { nowMs }: Moment): boolean {
  const deadline = deadlineMs(life);
  return deadline !== null && nowMs >= deadline;
}

/** Up to a quarter is taken off, so that tiles which failed together do not come back together. */
function jittered(pauseMs: number, dice: number): number {
  return Math.round(pauseMs * (1 - 0.25 * Math.min(1, Math.max(0, dice))));
}
