import type { Request } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import { neighbourhood, type Caller } from '../accounts/caller.ts';
import type { Quota, Quotas } from '../accounts/quotas.ts';
import type { RequestMeter } from '../accounts/request-meter.ts';
import type { SignedIn, SignIn } from '../accounts/sign-in.ts';
import type { StoredUser } from '../accounts/user.ts';
import type { Pause } from '../flags/decide-flags.ts';
import { isHeldWrite, refusePaused } from './hold-writes.ts';
import { refusals } from './http-refusal.ts';
import { STRANGERS } from './stranger-gate.ts';

/** A person who signed in, with the session that they are in. */
export type PersonSignedIn = SignedIn & { readonly person: StoredUser };

/** Knows who asks. @throws {HttpRefusal}, {LogUnavailable} from every call */
export type HttpDoor = {
  readonly signedIn: (request: Request) => Promise<SignedIn>;
  /** A person, not a program. */
  readonly person: (request: Request) => Promise<PersonSignedIn>;
  /** An admin, with nothing held back from them. */
  readonly admin: (request: Request) => Promise<SignedIn>;
  /** The same as `signedIn`, when somebody says who they are at all. */
  readonly anybody: (request: Request) => Promise<SignedIn | undefined>;
  /** What those may now who are here; counted as nobody's request. */
  readonly rights: SignIn['rights'];
  readonly caller: (request: Request) => Caller;
  /** Counts an attempt by where it comes from. */
  readonly limitCaller: (request: Request, name: string, quota: Quota) => Promise<void>;
};

const MAX_TOKEN = 4_096;

type Parts = {
  readonly signIn: SignIn;
  readonly meter: RequestMeter;
  readonly quotas: Quotas;
  readonly clock: Clock;
  /** Why nothing that somebody writes is taken now, if it is not. */
  readonly pauseOf: (actor: ActorId) => Pause | undefined;
};

export function createHttpDoor({ signIn, meter, quotas, clock, pauseOf }: Parts): HttpDoor {
  const caller = (request: Request): Caller => ({
    address: request.ip ?? request.socket.remoteAddress ?? 'unknown',
    agent: request.get('user-agent') ?? '',
  });
  const limitCaller: HttpDoor['limitCaller'] = async (request, name, quota) => {
    const answer = await quotas.take(`${name}:${neighbourhood(caller(request).address)}`, quota);
    if (!answer.isWithin) throw refusals.tooMany(answer.retryAfterMs);
  };
  const anybody = async (request: Request): Promise<SignedIn | undefined> => {
    const token = readBearer(request);
    if (token === undefined) return undefined;
    const found = await signIn.byToken(token);
    if (found === undefined) {
      await limitCaller(request, 'strangers', STRANGERS);
      return undefined;
    }
    const { actor, requestsPerMinute } = found.account;
    const waitMs = await meter.take(actor, requestsPerMinute);
    if (waitMs > 0) throw refusals.tooMany(waitMs);
    if (request.res !== undefined) request.res.locals['actor'] = actor;
    const pause = pauseOf(actor);
    if (pause !== undefined && isHeldWrite(request.method, request.baseUrl + request.path))
      throw refusePaused(pause, clock.nowMs());
    return found;
  };
  const signedIn = async (request: Request): Promise<SignedIn> => {
    const found = await anybody(request);
    if (found === undefined) throw refusals.notSignedIn();
    return found;
  };
  return {
    rights: signIn.rights,
    caller,
    limitCaller,
    anybody,
    signedIn,
    person: async (request) => {
      const found = await signedIn(request);
      if (found.person === undefined) throw refusals.forbidden();
      return { ...found, person: found.person };
    },
    admin: async (request) => {
      const found = await signedIn(request);
      const { role, scope } = found.account;
      const isNarrowed = scope?.documents !== undefined || scope?.roots !== undefined;
      if (role !== 'admin' || isNarrowed) throw refusals.forbidden();
      return found;
    },
  };
}

/** The last word of the header, whatever scheme it says: that is what StreamSource reads. */
function readBearer(request: Request): string | undefined {
  const header = request.get('authorization') ?? '';
  if (header.length > MAX_TOKEN) return undefined;
  return header.trim().split(/\s+/).at(-1) || undefined;
}
