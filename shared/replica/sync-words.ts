import { assertNever } from '../kernel/assert-never.ts';
import type { HeldReason, RefusedReason } from '../protocol/sync-messages.ts';
import type { LineEnd } from './sync-line.ts';

/** What a person is told of a refused edit. */
export function refusedWords(reason: RefusedReason, root: string | undefined): string {
  switch (reason) {
    case 'forbidden-root':
      return root === undefined
        ? 'Your role does not allow it.'
        : `Your role does not allow changes to “${root}”.`;
    case 'follows-refused':
      return 'It built on an edit that was refused.';
    case 'forged-author':
      return 'The server takes it for the work of somebody else.';
    case 'platform-switched-off':
      return `An admin has switched ${root ?? 'this platform'} off: nothing new of it is taken.`;
    case 'document-full':
      return 'The document holds as much as it may.';
    case 'too-large':
      return 'It is larger than the server takes.';
    case 'unknown-root':
    case 'foreign-content':
    case 'malformed':
    case 'cyclic':
    case 'future-deletion':
      return `The server does not take such an edit (${reason}). A newer version of this program may be needed.`;
    case 'other':
      return 'The server does not take it.';
    default:
      return assertNever(reason);
  }
}

export function heldWords(reason: HeldReason): string {
  switch (reason) {
    case 'hold-on':
      return 'The server cannot store now. Edits wait here, and are sent again by themselves.';
    case 'missing-dependency':
      return 'The server lacks something that these edits build on. They wait here until somebody who may brings it.';
    case 'maintenance':
      return 'The server is being looked after. Edits wait here, and are sent again by themselves.';
    case 'switched-off':
      return 'An admin has switched this bot off. Its edits wait here until it is switched on again.';
    default:
      return assertNever(reason);
  }
}

/** Whether the server said that trying again does not help. */
export const isFinal = ({ code }: LineEnd): boolean => code !== undefined && code >= 4400 && code < 4500;

/** Why the server does not let one in, to be read by a person. */
export function turnedAwayWords({ code, reason }: LineEnd): string {
  switch (code) {
    case 4401:
      return 'The server does not know this key, or not any more.';
    case 4403:
      return 'The role does not allow to read this.';
    case 4404:
      return 'The server keeps no such document.';
    default:
      return `The server ended the connection: ${reason === '' ? String(code) : reason}.`;
  }
}

export function offlineWords({ code, reason }: LineEnd): string {
  if (code === 1012) return 'The server restarts.';
  if (code === 1013 || (code !== undefined && code >= 4500))
    return `The server asks to come back later (${reason}).`;
  return code === undefined && reason !== '' ? reason : 'The server cannot be reached.';
}
