import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { quietWarnings } from './quiet-warnings.ts';

it('pages that do not load are not warned of; everything else is', () => {
  const from = new EventEmitter();
  const printed: string[] = [];
  from.on('warning', () => printed.push('by the runtime'));
  quietWarnings(from, {
    info: () => undefined,
    warn: (words) => printed.push(words),
    error: () => undefined,
  });
  const warn = (name: string, message: string): void => {
    from.emit('warning', Object.assign(new Error(message), { name }));
  };
  warn('electron', 'Failed to load URL: http://a.example/ with error: ERR_CONNECTION_REFUSED');
  warn('DeprecationWarning', 'something is old');
  expect(printed).toEqual(['DeprecationWarning: something is old']);
});
