import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { authorizeUpdate } from './authorize-update.ts';
import { newOfPaused, STREAM_LINKS } from './paused-platforms.ts';
import { GENERATION, putStream } from './test-plain-client.ts';

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
