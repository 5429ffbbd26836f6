import type { SavingState } from '#shared/protocol/ipc-contract.ts';
import type { SyncState } from '#shared/protocol/sync-state.ts';
import type { TeamState } from '#shared/protocol/team-state.ts';
import { messages as words } from '../words/messages.ts';
import { inOwnWords } from '../words/told-words.ts';
import { locale } from '../words/language.ts';

/** What the bar says about saving. `unsaved` counts what would be lost if the power went now. */
export type SavingWords = Readonly<{ tone: 'saved' | 'unsaved' | 'failing' | 'offline'; words: string }>;

/**
 * `inFlight` are edits that were sent from this window and not answered yet: they are not saved either, even where the
 * other end has not counted them so far.
 */
export function savingWords(
  saving: SavingState,
  inFlight: number,
  team: TeamState | null = null,
  offlineSinceMs: number | null = null,
): SavingWords {
  const here = savedHere(saving, inFlight);
  return here.tone === 'saved' && team?.type === 'member'
    ? savedThere(team.sync, team.server, offlineSinceMs)
    : here;
}

/** In a team, saved is what the server has saved; everything is on this machine's disk all the same. */
function savedThere({ line, unsaved }: SyncState, server: string, sinceMs: number | null): SavingWords {
  const host = URL.canParse(server) ? new URL(server).host : server;
  const waiting = unsaved === 0 ? '' : `, ${words.there(notSaved(unsaved))}`;
  const since =
    sinceMs === null
      ? ''
      : words.since(new Date(sinceMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }));
  switch (line.type) {
    case 'in-step':
      return unsaved === 0
        ? { tone: 'saved', words: words.saved }
        : { tone: 'unsaved', words: notSaved(unsaved) };
    case 'syncing':
    case 'connecting':
      return { tone: 'unsaved', words: `${words.meeting(host)}${waiting}` };
    case 'off':
      return { tone: 'offline', words: `${words.workingOffline(since, host)}${waiting}` };
    case 'offline':
      return { tone: 'offline', words: `${words.noLine(host, since)}${waiting}` };
    case 'held':
      return { tone: 'offline', words: `${words.held(host)}${waiting}` };
    case 'asking':
      return { tone: 'offline', words: words.asking(host) };
    case 'turned-away':
      return { tone: 'failing', words: words.turnedAway(host, inOwnWords(line.words)) };
  }
}

function savedHere(saving: SavingState, inFlight: number): SavingWords {
  switch (saving.state) {
    case 'saved':
      return inFlight === 0
        ? { tone: 'saved', words: words.saved }
        : { tone: 'unsaved', words: notSaved(inFlight) };
    case 'saving':
      return { tone: 'unsaved', words: notSaved(Math.max(saving.unsaved, inFlight)) };
    case 'failing':
      return {
        tone: 'failing',
        words: `${notSaved(Math.max(saving.unsaved, inFlight))}. ${inOwnWords(saving.words)}`,
      };
  }
}

function notSaved(count: number): string {
  return words.notSaved(count);
}
