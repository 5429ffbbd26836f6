import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPageSound } from './page-sound.ts';

/** What a browser gives for listening to an element, as far as it is used. */
class FakeContext {
  static made: FakeContext[] = [];
  state: 'running' | 'suspended' = 'running';
  woken = 0;
  constructor() {
    FakeContext.made.push(this);
  }
  createMediaStreamSource() {
    return { connect: () => undefined, disconnect: () => undefined };
  }
  async resume() {
    this.woken += 1;
    return Promise.resolve();
  }
}
class FakeStream {
  getAudioTracks = () => [{ kind: 'audio', stop: () => undefined }];
  getTracks = this.getAudioTracks;
}
class FakeElement {
  static HAVE_CURRENT_DATA = 2;
  readyState = 4;
  muted = false;
  volume = 1;
  srcObject = null;
  captureStream = () => new FakeStream();
}
class FakeAnalyser {
  getFloatTimeDomainData = (moment: Float32Array) => moment.fill(0.5);
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeContext.made = [];
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('HTMLMediaElement', FakeElement);
  vi.stubGlobal('AnalyserNode', FakeAnalyser);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a meter whose sound was laid to rest tells nothing, wakes it now and then, and goes on', () => {
  const told: (number | null)[] = [];
  const sound = createPageSound((peak) => told.push(peak));
  const media = new FakeElement() as unknown as HTMLMediaElement;
  sound.follow(media, { audible: true, volume: 0.5, levelled: false });
  vi.advanceTimersByTime(500);
  expect(told).toEqual([1, 1]);
  const [context] = FakeContext.made;
  if (context === undefined) throw new Error('nothing listens');
  context.state = 'suspended';
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([1, 1, null]);
  expect(context.woken).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(context.woken).toBeGreaterThan(1);
  expect(context.woken).toBeLessThan(6);
  context.state = 'running';
  vi.advanceTimersByTime(250);
  expect(told).toEqual([1, 1, null, 1]);
  sound.follow(undefined, { audible: false, volume: 0, levelled: false });
  expect(told.at(-1)).toBeNull();
  expect(FakeContext.made).toHaveLength(1);
});
