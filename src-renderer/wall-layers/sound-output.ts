/** Which of the machine's sound outputs a player page plays on. */
export type SoundOutput = {
  /** Null: the usual one. */
  readonly use: (name: string | null) => void;
  /** Where all that is levelled and measured runs. */
  readonly context: () => AudioContext;
  /** Lets an element play there, from now on as long as it is there. */
  readonly join: (video: HTMLVideoElement) => void;
};

/** What Chromium can do, and TypeScript does not know of. */
type Sinkable = { readonly setSinkId: (id: string) => Promise<undefined> };

/**
 * An output is known by its name: its number is another one in every page. One that is not there (any more) is replaced
 * by the usual one, and taken again when it is back.
 * @param onFound told whether the output that was asked for is there
 */
export function createSoundOutput(onFound: (found: boolean) => void): SoundOutput {
  let name: string | null = null;
  let id = '';
  let context: AudioContext | undefined;
  const videos = new Set<HTMLVideoElement>();

  const route = (target: unknown): void => {
    // An output that went away meanwhile is told by `devicechange`.
    (target as Sinkable).setSinkId(id).catch(() => undefined);
  };
  const find = async (): Promise<void> => {
    const found = name === null ? '' : await idOf(name);
    onFound(found !== undefined);
    if ((found ?? '') === id) return;
    id = found ?? '';
    for (const video of videos) route(video);
    if (context !== undefined) route(context);
  };
  navigator.mediaDevices.addEventListener('devicechange', () => void find());
  return {
    use: (wanted) => {
      if (wanted === name) return;
      name = wanted;
      void find();
    },
    context: () => {
      if (context === undefined) {
        context = new AudioContext();
        if (id !== '') route(context);
      }
      // All that goes through it would be silent.
      if (context.state === 'suspended') context.resume().catch(() => undefined);
      return context;
    },
    join: (video) => {
      for (const each of videos) if (!each.isConnected) videos.delete(each);
      if (videos.has(video)) return;
      videos.add(video);
      if (id !== '') route(video);
    },
  };
}

async function idOf(name: string): Promise<string | undefined> {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.find(({ kind, label }) => kind === 'audiooutput' && label === name)?.deviceId;
  } catch {
    return undefined;
  }
}
