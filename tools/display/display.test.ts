import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findDisplay, readDisplayName } from './find-display.ts';
import { wildcardAuthority } from './x-authority.ts';

describe('the display that windows would open on', () => {
  it('is a socket of this machine or a port of another', () => {
    expect(readDisplayName(':0')).toEqual({ kind: 'socket', path: '/tmp/.X11-unix/X0' });
    expect(readDisplayName('unix:1.0')).toEqual({ kind: 'socket', path: '/tmp/.X11-unix/X1' });
    expect(readDisplayName('localhost:10.0')).toEqual({ kind: 'tcp', host: 'localhost', port: 6010 });
    expect(readDisplayName('nonsense')).toBeUndefined();
  });

  it('is none when none is named', async () => {
    expect(await findDisplay({}, 'linux')).toEqual({ kind: 'none' });
    expect(await findDisplay({ DISPLAY: '' }, 'linux')).toEqual({ kind: 'none' });
  });

  it('is dead when nobody answers there, and usable when somebody does', async () => {
    const server = createServer((socket) => socket.destroy());
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const name = `127.0.0.1:${port - 6000}`;
      expect(await findDisplay({ DISPLAY: name }, 'linux')).toEqual({ kind: 'usable', name });
      await new Promise((resolve) => server.close(resolve));
      expect(await findDisplay({ DISPLAY: name }, 'linux')).toEqual({ kind: 'dead', name });
      expect(await findDisplay({ DISPLAY: 'nonsense' }, 'linux')).toEqual({ kind: 'dead', name: 'nonsense' });
    } finally {
      server.close();
    }
  });

  it('is there on systems that always have one', async () => {
    expect((await findDisplay({}, 'darwin')).kind).toBe('usable');
  });
});

it('writes an authority file that fits whatever number the display gets', () => {
  const file = wildcardAuthority(Buffer.from([1, 2, 3]));
  expect(file.toString('latin1')).toBe('\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x03\x01\x02\x03');
});
