import { afterEach, describe, expect, it, vi } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';
import { endAll, header, idOf, linkOf, setUp } from './test-sheet-sync.ts';

afterEach(endAll);

describe('links that bots find', () => {
  it('[GS12] sheet first: what a bot finds is held back until the sheet has it, and shown as held while it cannot', async () => {
    const { send, fake, replica, open, view, tab } = await setUp([header]);
    const add = (name: string) =>
      send({ type: 'add-stream', link: Link.parse(linkOf(name)), fields: { tags: ['pdx'] } });
    await add('before');
    fake.trouble = { status: 503 };
    const { sync, next } = await open();
    await add('ann');
    replica.actAs(ActorId.parse('user:ann'), 'operator');
    await add('mine');
    await vi.waitFor(() => expect(view(linkOf('ann'))?.moderation).toBe('waiting'));
    expect(view(linkOf('ann'))?.tags).toEqual(['pdx', WAITS_FOR_SHEET]);
    expect([view(linkOf('before'))?.moderation, view(linkOf('mine'))?.moderation]).toEqual([
      undefined,
      undefined,
    ]);
    await next();
    expect(sync.state()).toMatchObject({ trouble: 'Google is in trouble (503).', waiting: 3, held: 1 });
    expect(view(linkOf('ann'))?.moderation).toBe('waiting');
    fake.trouble = undefined;
    await next();
    expect(tab().map((cells) => cells[5])).toContain(linkOf('ann'));
    expect([view(linkOf('ann'))?.moderation, view(linkOf('ann'))?.tags]).toEqual([undefined, ['pdx']]);
    expect(sync.state()).toMatchObject({ trouble: undefined, waiting: 0, held: 0 });
  });

  it('[GS12] a person may accept or refuse what is held; what waits for an operator is left alone', async () => {
    const { send, fake, replica, open, view, tab } = await setUp([header]);
    fake.trouble = { status: 503 };
    const { next } = await open();
    for (const name of ['yes', 'no', 'new'])
      await send({
        type: 'add-stream',
        link: Link.parse(linkOf(name)),
        fields: name === 'new' ? { moderation: 'waiting' } : {},
      });
    await vi.waitFor(() => expect(view(linkOf('no'))?.moderation).toBe('waiting'));
    replica.actAs(ActorId.parse('user:ann'), 'operator');
    await send({ type: 'edit-stream', id: idOf(linkOf('yes')), changes: { moderation: 'accepted' } });
    await send({ type: 'edit-stream', id: idOf(linkOf('no')), changes: { moderation: 'refused' } });
    fake.trouble = undefined;
    await next();
    await next();
    expect(['yes', 'no', 'new'].map((name) => view(linkOf(name))?.moderation)).toEqual([
      'accepted',
      'refused',
      'waiting',
    ]);
    expect(['yes', 'no', 'new'].map((name) => view(linkOf(name))?.tags)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(tab().map((cells) => cells[5])).toEqual(['Link', linkOf('yes')]);
  });

  it('[GS12] what a bot held while this program was away is let go once the sheet has it, or will never be written', async () => {
    for (const mode of ['sheet-first', 'migrate'] as const) {
      const { send, fake, open, view, tab } = await setUp([header], { mode });
      await send({
        type: 'add-stream',
        link: Link.parse(linkOf('ann')),
        fields: { moderation: 'waiting', tags: [WAITS_FOR_SHEET] },
      });
      fake.trouble = { status: 403 };
      const { sync, next } = await open();
      expect([sync.state().held, view(linkOf('ann'))?.moderation]).toEqual([1, 'waiting']);
      fake.trouble = undefined;
      await next();
      expect([sync.state().held, view(linkOf('ann'))?.moderation]).toEqual([0, undefined]);
      expect(
        tab()
          .slice(1)
          .map((cells) => cells[5]),
      ).toEqual(mode === 'migrate' ? [] : [linkOf('ann')]);
    }
  });

  it('[GS12] document first: nothing is held, also not while the sheet is away', async () => {
    const { send, fake, open, view } = await setUp([header], { mode: 'document-first' });
    fake.trouble = { status: 503 };
    const { next, sync } = await open();
    await send({ type: 'add-stream', link: Link.parse(linkOf('ann')) });
    await next();
    expect(view(linkOf('ann'))?.moderation).toBeUndefined();
    expect(sync.state()).toMatchObject({ waiting: 1, held: 0 });
  });
});
