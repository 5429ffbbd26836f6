import { describe, expect, it } from 'vitest';
import { defaultPolicy } from './policy.ts';
import { readStatusSettings } from './status-settings.ts';

const read = (env: Record<string, string>) => readStatusSettings(env);

describe('the settings of a checker', () => {
  it('[LS8] intervals can be set, for streams that are asked one by one, for those that share a request, or both', () => {
    const settings = read({ STATUS_INTERVALS: 'live=120, batched.dead=600,single.recent=900' });
    expect(settings).toMatchObject({
      ok: true,
      value: {
        policy: {
          single: { ...defaultPolicy.single, live: 120_000, recent: 900_000 },
          batched: { ...defaultPolicy.batched, live: 120_000, dead: 600_000 },
        },
      },
    });
    expect(read({})).toMatchObject({
      ok: true,
      value: { policy: defaultPolicy, keys: {}, eventSub: undefined },
    });
  });

  it('what cannot be read is named, and never a secret', () => {
    for (const text of ['live', 'live=0', 'live=1e9', 'alive=60', 'other.live=60', 'constructor=60'])
      expect(read({ STATUS_INTERVALS: text })).toMatchObject({
        ok: false,
        error: expect.stringContaining(`“${text}”`),
      });
    const half = read({ TWITCH_EVENTSUB_TOKEN: 'very-secret' });
    expect(half).toMatchObject({ ok: false, error: expect.stringContaining('TWITCH_CLIENT_ID') });
    expect(JSON.stringify(half)).not.toContain('very-secret');
  });
});
