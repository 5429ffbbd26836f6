import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { authorizeUpdate } from './authorize-update.ts';
import { Commit } from './commit.ts';
import { newOfPaused, STREAM_LINKS } from './paused-platforms.ts';
import { PeerNotes } from './peer-notes.ts';
import { RoomDocument } from './room-document.ts';
import { RoomJudge } from './room-judge.ts';
import { GENERATION, putStream } from './test-plain-client.ts';
import { createTestPeer } from './test-room.ts';

const KICK = 'https://kick.com/ana';
const paused = new Set(['kick']);

/** What of a paused platform an edit brings, as a room finds out before it applies it. */
function bringsNew(doc: Y.Doc, edit: (doc: Y.Doc) => void): string | undefined {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(copy);
  edit(copy);
  const checked = authorizeUpdate(doc, Y.encodeStateAsUpdate(copy, before), {
    ...{ roots: CATALOGUE_ROOTS, writable: new Set(['streams']), maxUpdateBytes: 1_000_000 },
    watched: STREAM_LINKS,
  });
  if (!checked.ok) throw new Error(checked.error.reason);
  return newOfPaused(doc, checked.value.written, paused);
}

const streams = (doc: Y.Doc) => doc.getMap<Y.Map<Y.Map<unknown>>>('streams').get(GENERATION);
const firstOf = (doc: Y.Doc) => [...(streams(doc)?.values() ?? [])][0];

describe('new streams of a platform that is switched off', () => {
  it('[FL8] are known by what their link leads to, however it is stored', () => {
    const doc = new Y.Doc();
    expect(bringsNew(doc, (copy) => putStream(copy, KICK))).toBe('kick');
    expect(bringsNew(doc, (copy) => putStream(copy, KICK, { platform: 'twitch' }))).toBe('kick');
    const stamped = { link: { v: 'https://www.kick.com/Ana?ref=x', t: 'no stamp' } };
    expect(bringsNew(doc, (copy) => putStream(copy, 'https://www.twitch.tv/ben', stamped))).toBe('kick');
    const noted = { notes: KICK, title: KICK };
    expect(bringsNew(doc, (copy) => putStream(copy, 'https://www.twitch.tv/ben', noted))).toBeUndefined();
    expect(bringsNew(doc, (copy) => putStream(copy, KICK, { link: 7 }))).toBeUndefined();
  });

  it('[FL8] are found also where a link is written into a record that is there, again and again', () => {
    const doc = new Y.Doc();
    putStream(doc, 'https://www.twitch.tv/ben');
    const change = (copy: Y.Doc): void => {
      for (const link of ['https://www.twitch.tv/eve', 'https://www.twitch.tv/zoe', KICK])
        firstOf(copy)?.set('link', link);
    };
    expect(bringsNew(doc, change)).toBe('kick');
    expect(bringsNew(doc, (copy) => firstOf(copy)?.set('title', KICK))).toBeUndefined();
  });

  it('[FL8] are not streams that are there; one that was removed is new', () => {
    const doc = new Y.Doc();
    putStream(doc, KICK);
    expect(bringsNew(doc, (copy) => firstOf(copy)?.set('link', KICK))).toBeUndefined();
    expect(bringsNew(doc, (copy) => putStream(copy, KICK))).toBeUndefined();
    expect(bringsNew(doc, (copy) => streams(copy)?.clear())).toBeUndefined();
    streams(doc)?.clear();
    expect(bringsNew(doc, (copy) => putStream(copy, KICK))).toBe('kick');
  });
});

/** What a room answers to an edit that adds a stream of a platform that is switched off. */
function answersTo(carried: boolean, more: { choosesPlatforms?: true } = {}): readonly string[] {
  const silent = (): void => undefined;
  const bytes = { maxWaitingBytes: 1e6, maxWaitingBytesOfAll: 1e6, maxDocumentBytes: 1e6 };
  const limits = { ...bytes, maxUpdateBytes: 1e6, maxEntriesPerTurn: 10 };
  const watch = { told: silent, committed: silent, refused: silent };
  const document = new RoomDocument({ name: 'catalogue', kind: 'catalogue', roots: CATALOGUE_ROOTS });
  const judge = new RoomJudge(document, { limits, watch, pausedPlatforms: () => paused }, () => true);
  const peer = { ...createTestPeer('ana', { writable: ['streams'], mayCarry: true }), ...more };
  putStream(peer.doc, KICK);
  const edit = { bytes: Y.encodeStateAsUpdate(peer.doc), n: 1, carried };
  const notes = new PeerNotes();
  const commit = new Commit('batch');
  judge.judge({ type: 'edit', peer, edit, notes, round: notes.round }, undefined, commit);
  commit.answerAll();
  return peer.answers;
}

it('[FL8] are refused as edits, and taken from who brings what was saved before, and from who has judged them', () => {
  expect(answersTo(false)).toEqual(['refused platform-switched-off 1']);
  expect(answersTo(true)).toEqual(['saved 1']);
  expect(answersTo(false, { choosesPlatforms: true })).toEqual(['saved 1']);
});
