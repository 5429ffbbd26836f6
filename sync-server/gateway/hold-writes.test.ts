import { describe, expect, it } from 'vitest';
import { isHeldWrite, refusePaused } from './hold-writes.ts';

describe('what waits during maintenance', () => {
  it('[FL5] is every request that may change something, but for coming in, leaving and switching', () => {
    const held = (line: string): boolean => {
      const [method = '', path = ''] = line.split(' ');
      return isHeldWrite(method, path);
    };
    const going = [
      ...[
        'GET /api/v1/streams',
        'HEAD /',
        'OPTIONS /api/v1/streams',
        'POST /api/v1/login',
        'DELETE /api/v1/logout',
      ],
      ...['POST /api/v1/tokens/refresh', 'POST /api/v1/socket-tickets', 'DELETE /api/v1/sessions/abc'],
      ...['DELETE /api/v1/admin/maintenance', 'PUT /api/v1/admin/switches/bot/discord'],
    ];
    const waiting = [
      ...['POST /api/v1/streams', 'PATCH /api/v1/streams/3', 'DELETE /api/v1/users/4', 'POST /invite/abc'],
      ...[
        'POST /api/v1/admin/documents/catalogue/restore',
        'POST /api/v1/login/x',
        'POST /api/v1/invites/accept',
      ],
    ];
    expect(going.filter(held)).toEqual([]);
    expect(waiting.filter((line) => !held(line))).toEqual([]);
  });

  it('[FL5] is asked to come again when it is thought to be over, within a second and an hour', () => {
    const pause = { reason: 'maintenance', words: 'new disks' } as const;
    const after = (untilMs?: number) => refusePaused({ ...pause, untilMs }, 1_000_000).retryAfterMs;
    expect([after(), after(1_090_000), after(5), after(99_000_000)]).toEqual([
      30_000, 90_000, 1_000, 3_600_000,
    ]);
    expect(refusePaused(pause, 0)).toMatchObject({ status: 503, code: 'maintenance' });
    expect(refusePaused(pause, 0).message).toContain('(new disks)');
  });
});
