import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the settings of a sync server', () => {
  it('are all optional, and an empty one counts as absent', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '' }, '/data')).toEqual(readConfig({}, '/data'));
    expect(readConfig({}, '/data')).toMatchObject({
      ok: true,
      value: { port: 7520, host: '127.0.0.1', dataFolder: '/data', databaseUrl: undefined },
    });
  });

  it.each(['PORT', 'DATABASE_URL', 'REDIS_URL', 'DATABASE_TIMEOUT_MS', 'LOG_LEVEL'])(
    'one that cannot be read is named, and its value is not: %s',
    (name) => {
      const answer = readConfig({ [name]: 'secret-and-wrong' }, '/data');
      expect(answer.ok).toBe(false);
      if (answer.ok) return;
      expect(answer.error).toContain(name);
      expect(answer.error).not.toContain('secret-and-wrong');
    },
  );
});
