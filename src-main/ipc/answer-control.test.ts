import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/document/command.ts';
import { answerControl, type ControlHandlers } from './answer-control.ts';

function listening() {
  const heard: unknown[] = [];
  const done = { ok: true, value: {} } as const;
  const note = (value: unknown) => {
    heard.push(value);
    return done;
  };
  const handlers: ControlHandlers = {
    'open-control': () => {
      throw new Error('not asked here');
    },
    'send-command': (command: Command) => note(command),
    'send-commands': (commands) => commands.map(note),
    'open-wall': () => {
      throw new Error('not asked here');
    },
    'read-wall': () => {
      throw new Error('not asked here');
    },
    undo: () => note('undo'),
    redo: () => note('redo'),
    'send-signal': note,
    'check-now': note,
    'set-status-checker': note,
    'dismiss-notice': (id) => {
      note(id);
      return undefined;
    },
    'join-team': note,
    'leave-team': () => note('leave'),
    'connect-team': (on) => void note(on),
    'answer-store-question': (answer) => void note(answer),
    'redo-refused': note,
    'dismiss-refused': (which) => void note(which),
    touch: (touch) => void note(touch),
    'read-history': () => {
      throw new Error('not asked here');
    },
    'read-moment': () => {
      throw new Error('not asked here');
    },
    'read-archive': () => {
      throw new Error('not asked here');
    },
    'put-on-screen': note,
    'take-off-screen': note,
    'place-on-screen': note,
    'solo-tile': note,
    'set-wall-sound': note,
    'set-wall-marks': note,
    'list-sites': () => note('list-sites'),
    'clear-site': note,
    'open-site': note,
    'set-delay': note,
    'ask-delay': note,
    'add-source': note,
    'remove-source': note,
    'check-source': note,
    'add-demo-channels': note,
  };
  return { handlers, heard };
}

describe('requests of the control window', () => {
  it('a command that can be read reaches its handler', async () => {
    const { handlers, heard } = listening();
    const command = {
      document: 'catalogue',
      command: { type: 'add-stream', link: 'https://example.org/live' },
    };
    expect(await answerControl(handlers, 'send-command', command)).toEqual({ ok: true, value: {} });
    expect(heard).toEqual([command]);
  });

  it.each([
    ['a command with an unknown type', { document: 'catalogue', command: { type: 'format-disk' } }],
    ['a command for no document', { command: { type: 'undo' } }],
    [
      'a link that is not http',
      { document: 'catalogue', command: { type: 'add-stream', link: 'file:///etc/passwd' } },
    ],
    [
      'a stranger among the fields',
      { document: 'catalogue', command: { type: 'add-stream', link: 'https://a.b', by: 'x' } },
    ],
    ['text', 'hello'],
    ['nothing', undefined],
  ])('%s is refused in words and reaches nobody', async (_, argument) => {
    const { handlers, heard } = listening();
    expect(await answerControl(handlers, 'send-command', argument)).toMatchObject({
      ok: false,
      error: { reason: 'invalid', message: expect.stringContaining('cannot be read') as string },
    });
    expect(heard).toEqual([]);
  });

  it.each(['', 'constructor', '__proto__', 'no-such-request', 7, null])('%j is no request', async (name) => {
    const { handlers } = listening();
    await expect(answerControl(handlers, name, undefined)).rejects.toThrow('no such request');
  });

  it('a signal with a forged shape is thrown back', async () => {
    const { handlers, heard } = listening();
    await expect(answerControl(handlers, 'send-signal', { tile: 'a', signal: 'devtools' })).rejects.toThrow(
      'cannot be read',
    );
    expect(heard).toEqual([]);
  });
});
