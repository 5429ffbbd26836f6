import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, type WallId } from '#shared/model/ids.ts';
import type { Notice } from '#shared/protocol/ipc-contract.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { findDemoChannels, type DemoChannels } from './demo-channels/find-demo-channels.ts';
import { demoPortOf, planFirstWall } from './first-wall.ts';

/** What a desk starts with: which wall, and the demo channels if any of its streams are theirs. */
export type DeskContent = {
  readonly wall: WallId;
  readonly demo: DemoChannels | undefined;
  readonly notices: readonly Notice[];
};

/** Starts the demo channels on a port, or says why it cannot. */
export type StartDemo = (port: number) => Promise<Result<DemoChannels, string>>;

/** The person at a desk that belongs to no team. */
export const DESK = ActorId.parse('desk');

/** What nobody at the desk did is nobody's to undo. */
const FIRST_WALL = ActorId.parse('rule:first-wall');

/** Finds what the replica holds; an empty one is made into a first wall with the demo channels on it. */
export async function findDeskContent(
  replica: Replica,
  start: StartDemo,
  first: { readonly port: number; readonly wall: () => WallId },
): Promise<Result<DeskContent, string>> {
  const known = oldestWall(replica);
  const demo =
    known === undefined ? await findFirstDemo(first.port, start) : await sameDemoAsBefore(replica, start);
  const channels = demo?.ok === true ? demo.value : undefined;
  const notices: readonly Notice[] =
    demo?.ok === false
      ? [{ id: 'demo-channels', tone: 'warning', words: `${demo.error} The demo channels stay dark.` }]
      : [];
  if (known !== undefined) return ok({ wall: known, demo: channels, notices });
  const wall = first.wall();
  const made = await makeFirstWall(replica, wall, channels);
  if (made.ok) return ok({ wall, demo: channels, notices });
  await channels?.stop();
  return made;
}

/** The wall that was there first, of those that are not archived. */
function oldestWall(replica: Replica): WallId | undefined {
  const walls = [...replica.catalogue().walls.values()].filter(({ archived }) => !archived);
  return walls.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))[0]?.id;
}

/** Any port will do when the usual one is taken: the links that are about to be made will name it. */
export async function findFirstDemo(port: number, start: StartDemo): Promise<Result<DemoChannels, string>> {
  const usual = await findDemoChannels(port, start);
  return usual.ok || port === 0 ? usual : start(0);
}

/** Undefined when no stream is of the demo channels. */
async function sameDemoAsBefore(
  replica: Replica,
  start: StartDemo,
): Promise<Result<DemoChannels, string> | undefined> {
  for (const { link } of replica.catalogue().streams.values()) {
    const port = demoPortOf(link);
    if (port !== undefined) return findDemoChannels(port, start);
  }
  return undefined;
}

async function makeFirstWall(
  replica: Replica,
  wall: WallId,
  demo: DemoChannels | undefined,
): Promise<Result<undefined, string>> {
  replica.actAs(FIRST_WALL, 'admin');
  const commands = planFirstWall(wall, demo?.origin);
  const answers = await Promise.all(commands.map(async (command) => replica.send(command)));
  replica.actAs(DESK, 'admin');
  const refused = answers.find((answer) => !answer.ok);
  return refused?.ok === false
    ? fail(`A first wall could not be made. ${refused.error.message}`)
    : ok(undefined);
}
