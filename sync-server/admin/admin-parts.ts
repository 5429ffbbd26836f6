import type { Clock } from '#shared/kernel/clock.ts';
import type { Switchboard } from '../flags/switchboard.ts';
import type { HttpDoor } from '../gateway/http-door.ts';

/** What every part of the admin's API is given. */
export type AdminParts = {
  readonly door: HttpDoor;
  readonly flags: Switchboard;
  readonly clock: Clock;
};
