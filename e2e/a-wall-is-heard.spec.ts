import { expect, test, type Frame } from '@playwright/test';
import { WALL } from './harness/prepared-wall.ts';
import { audibleCount, audibleTiles } from './harness/sound.ts';
import { openZooDesk, type ZooDesk } from './zoo/zoo-desk.ts';

/** What is heard of a wall, how loud, and where. */
let wall: ZooDesk;

test.beforeAll(async () => {
  wall = await openZooDesk(({ main }) => [
    { name: 'hls', link: `${main}/live/rain.m3u8` },
    { name: 'loud', link: `${main}/page/loud`, fields: { kind: 'audio' } },
    { name: 'mp4', link: `${main}/files/reef.mp4` },
  ]);
  for (const name of ['hls', 'loud', 'mp4']) await wall.until(name, /playing/);
});

test.afterAll(async () => {
  await wall.close();
});

const volumeOf = async (frame: Frame): Promise<number> =>
  frame.locator('#real').evaluate((audio: HTMLAudioElement) => audio.volume);

test('one tile is listened to, those of the background are heard with it, and the rest is truly silent', async () => {
  await wall.command({ type: 'listen', tile: 'hls' });
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual(['hls']);
  await wall.command({ type: 'set-background', tile: 'loud', on: true });
  await expect.poll(async () => audibleCount(wall.desk)).toBe(2);
  await wall.command({ type: 'listen', tile: 'mp4' });
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual(['mp4']);
  expect(await audibleCount(wall.desk)).toBe(2);
  await wall.command({ type: 'mute-all' });
  await expect.poll(async () => audibleCount(wall.desk)).toBe(0);
});

test('this machine plays one tile alone, and then the wall again, which has not changed', async () => {
  await wall.command({ type: 'listen', tile: 'mp4' });
  const alone = async (tile: string | null) => askMachine('solo-tile', { wall: WALL, tile });
  await alone('hls');
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual(['hls']);
  await alone('loud');
  await expect.poll(async () => audibleCount(wall.desk)).toBe(1);
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual([]);
  await alone(null);
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual(['mp4']);
  await wall.command({ type: 'mute-all' });
});

test('a page that is much louder than others is made quieter, and its level is told', async () => {
  await wall.command({ type: 'listen', tile: 'loud' });
  const frame = await wall.frameWith('loud', '#real');
  await expect.poll(async () => wall.loudest('loud')).toBeGreaterThan(0.5);
  await expect.poll(async () => volumeOf(frame)).toBeLessThan(0.4);
  await wall.command({ type: 'set-volume', tile: 'loud', volume: 0.5 });
  await expect.poll(async () => volumeOf(frame)).toBeLessThan(0.2);
  await setSound({ output: null, levelled: false });
  await expect.poll(async () => volumeOf(frame)).toBe(0.5);
  await setSound({ output: null, levelled: true });
});

test('a stream that the wall plays itself is still heard when its sound goes through the levelling', async () => {
  await wall.command({ type: 'listen', tile: 'hls' });
  await expect.poll(async () => wall.loudest('hls')).toBeGreaterThan(0.01);
  await expect.poll(async () => audibleTiles(wall.desk)).toEqual(['hls']);
});

test('the wall plays on the output that was chosen, and on the usual one while that is not there', async () => {
  const [player] = wall.desk.players();
  if (player === undefined) throw new Error('no player page');
  // This machine may have no sound at all.
  await player.evaluate(() => {
    const used: string[] = [];
    const device = { kind: 'audiooutput', label: 'Hall', deviceId: 'hall-1' };
    let all = [device];
    navigator.mediaDevices.enumerateDevices = async () =>
      Promise.resolve(all as unknown as MediaDeviceInfo[]);
    Object.assign(HTMLMediaElement.prototype, {
      setSinkId: async (id: string) => {
        used.push(id);
        return Promise.resolve();
      },
    });
    Object.assign(window, {
      used,
      unplug: () => {
        all = [];
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      },
    });
  });
  const used = async () => player.evaluate(() => (window as unknown as { used: string[] }).used.at(-1));
  await setSound({ output: 'Hall', levelled: true });
  await expect.poll(used).toBe('hall-1');
  expect(await isSoundAway()).toBe(false);
  await player.evaluate(() => (window as unknown as { unplug: () => void }).unplug());
  await expect.poll(used).toBe('');
  await expect.poll(isSoundAway).toBe(true);
});

test('when the process that makes the sound ends, what is heard in a page is heard and measured again', async () => {
  await setSound({ output: null, levelled: false });
  await wall.command({ type: 'listen', tile: 'neighbour-page' });
  await hearsAnew('neighbour-page');
  const before = await soundProcess();
  test.skip(before === null, 'sound has no process of its own here');
  await wall.desk.app.evaluate((_electron, pid) => process.kill(pid, 'SIGKILL'), before ?? 0);
  await expect.poll(soundProcess).not.toBe(before);
  await hearsAnew('neighbour-page');
});

/** A meter that stands still tells the same for ever; what sounds is another moment by moment. */
async function hearsAnew(tile: string): Promise<void> {
  await wall.desk.control.evaluate(
    async (wanted) =>
      new Promise<void>((done) => {
        const peaks = new Set<number>();
        const stop = (window as unknown as Levels).streamwall.onEvent(({ type, levels = [] }) => {
          if (type !== 'levels') return;
          const peak = levels.find((each) => each.tile === wanted)?.peak;
          if (peak === undefined) peaks.clear();
          else peaks.add(peak);
          if (peaks.size < 5) return;
          stop();
          done();
        });
      }),
    tile,
  );
}

/** Null where the browser makes sound in a process that does other things, too. */
async function soundProcess(): Promise<number | null> {
  return wall.desk.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Audio Service')?.pid ?? null,
  );
}

type Levels = {
  readonly streamwall: {
    onEvent: (
      listener: (event: {
        readonly type: string;
        readonly levels?: readonly { readonly tile: string; readonly peak: number }[];
      }) => void,
    ) => () => void;
  };
};

type Bridge = {
  readonly streamwall: {
    request: (
      name: string,
      argument?: unknown,
    ) => Promise<{ screens: { outputs: { isSoundAway: boolean }[] } }>;
  };
};

async function setSound(sound: {
  readonly output: string | null;
  readonly levelled: boolean;
}): Promise<void> {
  await askMachine('set-wall-sound', { wall: WALL, sound });
}

async function askMachine(name: string, argument: unknown): Promise<void> {
  await wall.desk.control.evaluate(
    async ([what, wanted]) => (window as unknown as Bridge).streamwall.request(what, wanted),
    [name, argument] as const,
  );
}

async function isSoundAway(): Promise<boolean | undefined> {
  return wall.desk.control.evaluate(async () => {
    const { screens } = await (window as unknown as Bridge).streamwall.request('open-control');
    return screens.outputs[0]?.isSoundAway;
  });
}
