import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('what a desk is told from outside', () => {
  it('needs nothing', () => {
    expect(readConfig({}, ['.'], '/data')).toEqual({
      ok: true,
      value: {
        dataFolder: '/data',
        demoPort: 7511,
        tileHost: 'player',
        localHosts: [],
        exitAfterMs: undefined,
        screenshot: undefined,
      },
    });
  });

  it('takes what it is told, and an empty variable as none', () => {
    const env = { STREAMWALL_DATA_DIR: '/other', STREAMWALL_DEMO_PORT: '0', STREAMWALL_TILE_HOST: '' };
    const args = ['--no-sandbox', '.', '--exit-after', '2.5', '--screenshot', '/tmp/wall.png'];
    expect(readConfig(env, args, '/data')).toMatchObject({
      ok: true,
      value: {
        dataFolder: '/other',
        demoPort: 0,
        tileHost: 'player',
        exitAfterMs: 2500,
        screenshot: '/tmp/wall.png',
      },
    });
  });

  it.each([
    [{ STREAMWALL_DEMO_PORT: '70000' }, [], 'STREAMWALL_DEMO_PORT'],
    [{ STREAMWALL_DEMO_PORT: 'seven' }, [], 'STREAMWALL_DEMO_PORT'],
    [{ STREAMWALL_TILE_HOST: 'both' }, [], 'STREAMWALL_TILE_HOST'],
    [{}, ['--exit-after', 'soon'], '--exit-after'],
    [{}, ['--exit-after', '-1'], '--exit-after'],
  ])('names the setting that it cannot read: %j %j', (env, args, name) => {
    expect(readConfig(env, args, '/data')).toEqual({
      ok: false,
      error: expect.stringContaining(name) as string,
    });
  });
});

it('hosts of the network around are listed with commas', () => {
  const read = readConfig({ STREAMWALL_LOCAL_HOSTS: ' Camera.lan, 192.168.1.*,, ' }, [], '/data');
  expect(read).toMatchObject({ ok: true, value: { localHosts: ['camera.lan', '192.168.1.*'] } });
});
