import { describe, expect, it } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { Link } from '#shared/model/stream.ts';
import { AcceptedStream } from '../collect/accepted-queue.ts';
import { must, startTestWorker } from '../collect/test-collector.ts';
import { planAccepted } from './plan-accepted.ts';
import { readLayout } from './sheet-layout.ts';

describe('what bots handed over', () => {
  it('[I26] gets a row also when it left the catalogue before the sheet had it, and is done with once it has one', async () => {
    const { replica, collector } = await startTestWorker();
    const send = async (command: CatalogueCommand) =>
      must(await replica.send({ document: 'catalogue', command }));
    for (const name of ['here', 'archived', 'removed', 'refused', 'written'])
      await send({
        type: 'add-stream',
        link: Link.parse(`https://kick.com/${name}`),
        fields: { source: name },
      });
    const accepted = [...replica.catalogue().streams.values()].map((stream) => AcceptedStream.parse(stream));
    const idOf = (name: string) => accepted.find(({ source }) => source === name)!.id;
    await send({ type: 'edit-stream', id: idOf('archived'), changes: { archived: true } });
    await send({ type: 'edit-stream', id: idOf('refused'), changes: { moderation: 'refused' } });
    await send({ type: 'remove-stream', id: idOf('removed') });
    const layout = readLayout(['Source', 'Link'])!;
    const plan = (inSheet: string, agreed: readonly string[]) =>
      planAccepted(
        accepted,
        (id) => id === idOf(inSheet),
        Object.fromEntries(agreed.map((name) => [idOf(name), {}])),
        replica.catalogue(),
        layout,
      );
    const first = plan('written', []);
    expect(first.appends.map(({ values }) => values)).toEqual([
      ['archived', 'https://kick.com/archived'],
      ['removed', 'https://kick.com/removed'],
    ]);
    expect(new Set(first.done)).toEqual(new Set([idOf('refused'), idOf('written')]));
    const second = plan('written', ['archived', 'removed', 'here']);
    expect(second.appends).toEqual([]);
    expect(second.done).toHaveLength(5);
    await collector.stop();
    await replica.close();
  });
});
