import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Logger } from '#shared/kernel/logger.ts';
import { decideAccess, type Account } from '../../accounts/access.ts';
import type { SignedIn } from '../../accounts/sign-in.ts';
import type { Timers } from '../../documents/timers.ts';
import type { CatalogueListener } from '../../projection/catalogue-listener.ts';
import type { ChangeFeed } from '../../projection/change-feed.ts';
import type { HttpDoor } from '../http-door.ts';
import { refusals } from '../http-refusal.ts';
import { readQuery } from '../read-request.ts';
import { NO_PLACE, Place, writePlace, type Told } from './changes-place.ts';
import { placeToBegin } from './place-to-begin.ts';
import type { RestParts } from './rest-parts.ts';
import { KINDS, shapeChanges } from './shape-changes.ts';
import { watchRights } from './watch-rights.ts';

export type FollowParts = {
  readonly feed: ChangeFeed;
  readonly listener: CatalogueListener;
  /** Aborted when the server stops. */
  readonly ending: AbortSignal;
  readonly timers: Timers;
  readonly logger: Logger;
};

/** `since` is an id that was told before; without it, only what comes is told. */
export const ChangesQuery = z.object({
  since: Place.optional().describe('An id that was told before; a Last-Event-ID counts for more'),
  kinds: z
    .string()
    .max(100)
    .transform((text) => text.split(',').map((kind) => kind.trim()))
    .pipe(z.array(z.enum(KINDS)).min(1))
    .optional(),
});

const MAX_FOLLOWERS = 200;
const MAX_PER_ACTOR = 10;
const AT_ONCE = 500;
const BEAT_MS = 15_000;
/** Who does not read is let go; what was missed is there when they come back. */
const MAX_BACKLOG = 1_048_576;
const MAX_LIFE_MS = 60 * 60_000;

/** `GET /changes`: server-sent events, each with the number to go on from. */
export function changeStream(parts: RestParts & FollowParts, door: HttpDoor): Router {
  const router = Router();
  const following = new Map<string, number>();
  const watch = watchRights(door.rights, parts.timers);
  router.get('/changes', async (request, response) => {
    const signedIn = await door.signedIn(request);
    const { account } = signedIn;
    if (!mayFollow(account)) throw refusals.forbidden();
    const query = readQuery(ChangesQuery, request);
    const since = await placeToBegin(parts, readLastEventId(request) ?? query.since);
    // Who left meanwhile says no more that they do.
    if (response.destroyed) return;
    const mine = following.get(account.actor) ?? 0;
    const all = [...following.values()].reduce((sum, count) => sum + count, 0);
    if (mine >= MAX_PER_ACTOR || all >= MAX_FOLLOWERS) throw refusals.tooMany(10_000);
    following.set(account.actor, mine + 1);
    const follower = new Follower(parts, signedIn, response, since, query.kinds);
    request.socket.setNoDelay(true);
    response.once('close', () => {
      follower.end();
      const count = (following.get(account.actor) ?? 1) - 1;
      if (count === 0) following.delete(account.actor);
      else following.set(account.actor, count);
    });
    follower.begin(watch);
  });
  return router;
}

/** What programs that reconnect by themselves send. @throws {HttpRefusal} 422 for what is none, rather than missing what was */
function readLastEventId(request: Request): Place | undefined {
  const said = request.get('last-event-id') ?? '';
  if (said === '') return undefined;
  const place = Place.safeParse(said);
  if (!place.success) throw refusals.invalid('last-event-id', NO_PLACE);
  return place.data;
}

const mayFollow = (account: Account): boolean =>
  decideAccess(account, { name: 'catalogue', kind: 'catalogue' }).mayRead;

/** One connection that is told: waiting ──news──▶ telling ──all told──▶ waiting, until it closes. */
class Follower {
  private isTelling = false;
  private hasNews = true;
  private isOver = false;
  private readonly stops: (() => void)[] = [];
  private readonly parts: RestParts & FollowParts;
  private readonly handle: SignedIn['handle'];
  private account: Account;
  private readonly response: Response;
  private told: Told;
  private readonly kinds: readonly string[] | undefined;

  constructor(
    parts: RestParts & FollowParts,
    signedIn: SignedIn,
    response: Response,
    since: Told,
    kinds: readonly string[] | undefined,
  ) {
    this.parts = parts;
    this.handle = signedIn.handle;
    this.account = signedIn.account;
    this.response = response;
    this.told = since;
    this.kinds = kinds;
  }

  /** @param watch who says what they may; people's rights end while they listen */
  begin(watch: ReturnType<typeof watchRights>): void {
    this.response.status(200).set({
      ...{ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' },
      'x-accel-buffering': 'no',
    });
    this.response.write(
      `retry: 2000\nid: ${writePlace(this.told)}\nevent: hello\ndata: {"number":${String(this.told.number)}}\n\n`,
    );
    this.stops.push(
      this.parts.listener.follow(),
      this.parts.desk.onProjected(() => void this.tell()),
    );
    this.stops.push(watch({ handle: this.handle, grant: (account) => this.grant(account) }));
    this.beat();
    this.stops.push(this.parts.timers.after(MAX_LIFE_MS, () => this.response.end()));
    const close = (): void => void this.response.end();
    this.parts.ending.addEventListener('abort', close, { once: true });
    this.stops.push(() => this.parts.ending.removeEventListener('abort', close));
    void this.tell();
  }

  end(): void {
    this.isOver = true;
    for (const stop of this.stops.splice(0)) stop();
  }

  private grant(account: Account | undefined): void {
    if (account !== undefined && mayFollow(account)) this.account = account;
    else this.response.destroy();
  }

  private beat(): void {
    const callOff = this.parts.timers.after(BEAT_MS, () => {
      if (this.isOver) return;
      if (this.response.writableLength > MAX_BACKLOG) this.response.destroy();
      else {
        this.response.write(': still here\n\n');
        // What time alone did is in no edit that would be heard of.
        void this.tell();
        this.beat();
      }
    });
    this.stops.push(callOff);
  }

  private async tell(): Promise<void> {
    this.hasNews = true;
    if (this.isTelling) return;
    this.isTelling = true;
    try {
      while (this.hasNews && !this.isOver) {
        this.hasNews = false;
        await this.tellEdits();
        await this.tellRests();
      }
    } catch (error) {
      this.parts.logger.warn('a follower was let go', { error: String(error) });
      this.response.destroy();
    }
    this.isTelling = false;
  }

  private write(frames: readonly string[]): void {
    if (this.response.writableLength > MAX_BACKLOG) this.response.destroy();
    else this.response.write(frames.join(''));
  }

  private async tellRests(): Promise<void> {
    if (this.kinds?.includes('streams') === false) return;
    const rests = await this.parts.rests.after(this.told.beside, AT_ONCE);
    const last = rests.at(-1);
    if (last === undefined || this.isOver) return;
    this.told = { ...this.told, beside: last.number };
    this.hasNews = true;
    const changes = rests.map((rest) => ({ ...rest, number: this.told.number, kind: 'streams' }));
    const shaped = await shapeChanges(this.parts, changes, this.account.role);
    this.write(
      shaped.map((change, i) => {
        const id = i === shaped.length - 1 ? `id: ${writePlace(this.told)}\n` : '';
        return `${id}event: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`;
      }),
    );
  }

  private async tellEdits(): Promise<void> {
    for (;;) {
      const changes = await this.parts.feed.after(this.told.number, this.kinds, AT_ONCE);
      if (changes.length === 0 || this.isOver) return;
      const shaped = await shapeChanges(this.parts, changes, this.account.role);
      const frames = shaped.map((change, i) => {
        // Who is cut off in the middle of a number gets all of it again.
        const id =
          shaped[i + 1]?.number === change.number
            ? ''
            : `id: ${writePlace({ ...this.told, number: change.number })}\n`;
        return `${id}event: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`;
      });
      this.told = { ...this.told, number: changes.at(-1)?.number ?? this.told.number };
      this.write(frames);
      if (this.response.destroyed) return;
    }
  }
}
