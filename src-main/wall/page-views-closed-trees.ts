import type { Debugger, WebContents } from 'electron';
import { z } from 'zod';

/**
 * Shows our part of each frame the closed trees that hold media. Those that a script closes are opened when they are
 * made; those that a page declares in its text are seen by nobody but the developer tools, whose door is used here, for
 * a moment, and only for pages in which nothing else was found.
 */
export async function revealClosedTrees(contents: WebContents): Promise<void> {
  if (contents.isDestroyed() || contents.isCrashed() || contents.debugger.isAttached()) return;
  const door = contents.debugger;
  const found = listen(door);
  try {
    door.attach('1.3');
    await Promise.race([reveal(door, found), pause(MOST_MS)]);
  } catch {
    // The page went away meanwhile, or somebody else holds the door. There will be another look.
  } finally {
    found.stop();
    if (!contents.isDestroyed() && door.isAttached()) door.detach();
  }
}

const MOST_MS = 3_000;
/** In which the preload scripts run. */
const OUR_WORLD = 'Electron Isolated Context';
/** Larger pages are not looked through. */
const MAX_NODES = 100_000;

type Context = { readonly id: number; readonly session: string };
type Found = {
  readonly sessions: readonly string[];
  readonly contexts: readonly Context[];
  readonly stop: () => void;
};

const Attached = z.object({ sessionId: z.string() });
const Created = z.object({ context: z.object({ id: z.number(), name: z.string() }) });

/** Frames that live in other processes come as sessions of their own; the page's first is called ''. */
function listen(door: Debugger): Found {
  const sessions = [''];
  const contexts: Context[] = [];
  const hear = (_event: unknown, method: string, params: unknown, session?: string): void => {
    const attached = method === 'Target.attachedToTarget' ? Attached.safeParse(params) : undefined;
    if (attached?.success === true) sessions.push(attached.data.sessionId);
    const created = method === 'Runtime.executionContextCreated' ? Created.safeParse(params) : undefined;
    if (created?.success === true && created.data.context.name === OUR_WORLD)
      contexts.push({ id: created.data.context.id, session: session ?? '' });
  };
  door.on('message', hear);
  return { sessions, contexts, stop: () => door.off('message', hear) };
}

async function reveal(door: Debugger, found: Found): Promise<void> {
  await door.sendCommand('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
  });
  // Grows while it is walked: a frame may have frames.
  for (const session of found.sessions) {
    const ask = async (method: string, params?: object): Promise<unknown> =>
      door.sendCommand(method, params, session === '' ? undefined : session) as Promise<unknown>;
    await ask('Runtime.enable');
    const { root } = Tree.parse(await ask('DOM.getDocument', { depth: -1, pierce: true }));
    for (const backendNodeId of closedTreesWithMedia(root)) {
      for (const context of found.contexts.filter((each) => each.session === session))
        await hand(ask, backendNodeId, context.id).catch(() => undefined);
    }
  }
}

/** Fails where the tree belongs to another frame than the context. */
async function hand(
  ask: (method: string, params?: object) => Promise<unknown>,
  backendNodeId: number,
  executionContextId: number,
): Promise<void> {
  const { object } = Resolved.parse(await ask('DOM.resolveNode', { backendNodeId, executionContextId }));
  await ask('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: 'function () { window.streamwallTree?.(this); }',
  });
}

const Resolved = z.object({ object: z.object({ objectId: z.string() }) });

/** A node as the developer tools tell it, as far as it matters here. Its parts are read when it is walked. */
const Node = z.object({
  backendNodeId: z.number(),
  nodeName: z.string(),
  shadowRootType: z.string().optional(),
  children: z.array(z.unknown()).optional(),
  shadowRoots: z.array(z.unknown()).optional(),
  contentDocument: z.unknown().optional(),
});
const Tree = z.object({ root: z.unknown() });

/** The closed trees in which media stands, at whatever depth, of a document and of those that it frames. */
export function closedTreesWithMedia(root: unknown): readonly number[] {
  const trees = new Set<number>();
  const open: { readonly node: unknown; readonly within: readonly number[] }[] = [{ node: root, within: [] }];
  for (let count = 0; count < MAX_NODES; count++) {
    const next = open.pop();
    if (next === undefined) break;
    const read = Node.safeParse(next.node);
    if (!read.success) continue;
    const {
      nodeName,
      backendNodeId,
      shadowRootType,
      children = [],
      shadowRoots = [],
      contentDocument,
    } = read.data;
    const within = shadowRootType === 'closed' ? [...next.within, backendNodeId] : next.within;
    if (nodeName === 'VIDEO' || nodeName === 'AUDIO') for (const tree of within) trees.add(tree);
    for (const node of [...children, ...shadowRoots, contentDocument]) open.push({ node, within });
  }
  return [...trees];
}

const pause = async (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
