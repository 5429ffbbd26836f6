import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { WallId } from '#shared/model/ids.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { findFirstDemo, type StartDemo } from './desk-content.ts';
import type { DemoChannels } from './demo-channels/find-demo-channels.ts';
import { planDemoChannels } from './first-wall.ts';

/** The demo channels of a desk: those that it began with, or those that somebody asks for later. */
export type DemoShelf = {
  /** Adds them to the list, and puts some on the wall where it is empty. One step of undo. */
  readonly add: (wall: WallId) => Promise<Result<Done, Refusal>>;
  readonly stop: () => Promise<void>;
};

export function createDemoShelf(parts: {
  readonly replica: Pick<Replica, 'send' | 'wall'>;
  readonly channels: DemoChannels | undefined;
  readonly start: StartDemo;
  readonly port: number;
}): DemoShelf {
  const { replica, start, port } = parts;
  let finding: Promise<Result<DemoChannels, string>> | undefined =
    parts.channels === undefined ? undefined : Promise.resolve(ok(parts.channels));
  return {
    add: async (wall) => {
      const demo = await (finding ??= findFirstDemo(port, start));
      if (!demo.ok) {
        finding = undefined;
        return fail({ reason: 'not-found', message: demo.error, retryable: true });
      }
      const view = replica.wall(wall);
      const isEmpty = view !== undefined && view.tiles.length + view.bench.length === 0;
      const commands = planDemoChannels(demo.value.origin, isEmpty ? wall : undefined);
      const answers = await Promise.all(
        commands.map(async (command) => replica.send(command, 'demo channels')),
      );
      const refused = answers.find((answer) => !answer.ok && answer.error.reason !== 'unchanged');
      return refused ?? ok({ words: 'The demo channels are in the list. They play without a network.' });
    },
    stop: async () => {
      const demo = await finding;
      if (demo?.ok === true) await demo.value.stop();
    },
  };
}
