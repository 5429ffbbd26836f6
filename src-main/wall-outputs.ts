import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { TileId, WallId } from '#shared/model/ids.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import {
  USUAL_MARKS,
  USUAL_PLACEMENT,
  USUAL_SOUND,
  type DisplayView,
  type PlaceOnScreen,
  type ScreensState,
  type WallOutputView,
  type SetWallMarks,
  type SetWallSound,
  type SoloTile,
} from '#shared/protocol/wall-output.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import { chooseWindowBounds } from './windows/choose-window-bounds.ts';
import type { KeptOutput, WallOutputsFile } from './windows/wall-outputs-file.ts';
import { createWallScreen, type OpenRunningWall, type WallScreen } from './wall-screen.ts';
import type { RunningWall, WallManner } from './wall/running-wall.ts';

/** Puts a wall on a screen, at its place; told when a person moves its window, and when it stands elsewhere. */
export type OpenWallOutput = (events: Parameters<OpenRunningWall>[0] & WallManner) => Promise<RunningWall>;

export type WallOutputsParts = {
  readonly replica: Replica;
  /** Stands on a screen from the first start on, unless a person has taken it off. */
  readonly firstWall: WallId;
  readonly open: OpenWallOutput;
  readonly file: WallOutputsFile;
  readonly displays: {
    readonly now: () => readonly DisplayView[];
    readonly onChange: (listener: () => void) => () => void;
  };
};

const NEVER_PLACED: KeptOutput = {
  placement: USUAL_PLACEMENT,
  opensAtStart: false,
  sound: USUAL_SOUND,
  marks: USUAL_MARKS,
};

const NOT_HERE: Refusal = {
  reason: 'not-found',
  message: 'The wall is not on a screen of this machine, so nothing of it can be heard here alone.',
  retryable: true,
};

/** The walls on the screens of this machine: any number at once, each where a person has put it, remembered. */
export class WallOutputs {
  private readonly screens = new Map<WallId, WallScreen>();
  /** Walls whose sound output is not there. */
  private readonly isSoundAway = new Set<WallId>();
  /** The tiles that are played alone, for as long as their walls stand here. */
  private readonly solos = new Map<WallId, TileId>();
  private readonly kept: Map<WallId, KeptOutput>;
  private readonly listeners = createListeners<ScreensState>();
  private readonly parts: WallOutputsParts;
  private readonly stopDisplays: () => void;

  constructor(parts: WallOutputsParts) {
    this.parts = parts;
    this.kept = new Map(parts.file.read());
    if (!this.kept.has(parts.firstWall))
      this.kept.set(parts.firstWall, { ...NEVER_PLACED, opensAtStart: true });
    this.stopDisplays = parts.displays.onChange(() => this.tell());
  }

  /** A wall's place on the screens of this machine, whether it is there now or not. */
  screen(wall: WallId): WallScreen {
    const known = this.screens.get(wall);
    if (known !== undefined) return known;
    const screen = createWallScreen(this.parts.replica, wall, async (events) => this.open(wall, events));
    this.screens.set(wall, screen);
    return screen;
  }

  /** The walls that stand on a screen now. */
  shown(): readonly WallId[] {
    return [...this.screens].filter(([, screen]) => screen.running() !== undefined).map(([wall]) => wall);
  }

  state(): ScreensState {
    const displays = this.parts.displays.now();
    const outputs = [...this.kept].map(([wall, kept]) => this.viewOf(wall, kept, displays));
    return { displays, outputs };
  }

  /** @returns how to stop */
  onState(listener: (state: ScreensState) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Everything that is to stand on a screen at the start. A wall that is no more is passed over. */
  async showAtStart(): Promise<readonly RunningWall[]> {
    const wanted = [...this.kept].filter(([, { opensAtStart }]) => opensAtStart).map(([wall]) => wall);
    const shown: RunningWall[] = [];
    for (const wall of wanted) {
      const opened = await this.show(wall);
      if (opened.ok) shown.push(opened.value);
    }
    return shown;
  }

  async show(wall: WallId): Promise<Result<RunningWall, Refusal>> {
    const { replica } = this.parts;
    if (!replica.catalogue().walls.has(wall)) {
      return fail({ reason: 'not-found', message: 'There is no such wall (any more).', retryable: false });
    }
    const opened = await replica.openWall(wall);
    if (!opened.ok) return fail({ reason: 'not-stored', message: opened.error.words, retryable: true });
    const running = await this.screen(wall).show();
    this.tell();
    return ok(running);
  }

  async putOnScreen(wall: WallId): Promise<Result<Done, Refusal>> {
    const shown = await this.show(wall);
    if (!shown.ok) return shown;
    return this.keep(wall, { ...this.keptOf(wall), opensAtStart: true });
  }

  async takeOffScreen(wall: WallId): Promise<Result<Done, Refusal>> {
    await this.screens.get(wall)?.close();
    return this.keep(wall, { ...this.keptOf(wall), opensAtStart: false });
  }

  /** A wall that gets or loses its frame is opened anew: a window's frame is for good. */
  async place({ wall, placement }: PlaceOnScreen): Promise<Result<Done, Refusal>> {
    const before = this.keptOf(wall);
    const answer = this.keep(wall, { ...before, placement });
    const running = this.screens.get(wall)?.running();
    if (running === undefined) return answer;
    if (before.placement.frameless === placement.frameless) {
      running.place(placement);
      this.tell();
      return answer;
    }
    await this.screens.get(wall)?.close();
    const again = await this.show(wall);
    return again.ok ? answer : again;
  }

  /** How it sounds, or what is drawn over it. */
  dress({ wall, ...change }: SetWallSound | SetWallMarks): Result<Done, Refusal> {
    const dressed = { ...this.keptOf(wall), ...change };
    const answer = this.keep(wall, dressed);
    this.screens
      .get(wall)
      ?.running()
      ?.dress({ ...dressed, solo: this.soloOf(wall) });
    return answer;
  }

  /** Plays one tile alone on this machine. Nothing of it is kept, and the wall's document does not know. */
  soloTile({ wall, tile }: SoloTile): Result<Done, Refusal> {
    const running = this.screens.get(wall)?.running();
    if (running === undefined) return fail(NOT_HERE);
    if (tile === null) this.solos.delete(wall);
    else this.solos.set(wall, tile);
    running.dress({ ...this.keptOf(wall), solo: tile });
    this.tell();
    return ok({});
  }

  async close(): Promise<void> {
    this.stopDisplays();
    for (const screen of this.screens.values()) await screen.close();
    this.listeners.clear();
  }

  private async open(wall: WallId, events: Parameters<OpenRunningWall>[0]): Promise<RunningWall> {
    return this.parts.open({
      ...events,
      placement: this.keptOf(wall).placement,
      step: this.shown().length,
      onPlaced: (placement) => void this.keep(wall, { ...this.keptOf(wall), placement }),
      onMoved: () => this.tell(),
      dress: { ...this.keptOf(wall), solo: null },
      onSoundOutput: (found) => {
        if (this.isSoundAway.has(wall) !== found) return;
        if (found) this.isSoundAway.delete(wall);
        else this.isSoundAway.add(wall);
        this.tell();
      },
      onClosed: () => {
        this.solos.delete(wall);
        events.onClosed();
        this.tell();
      },
    });
  }

  private soloOf(wall: WallId): TileId | null {
    return this.solos.get(wall) ?? null;
  }

  private keptOf(wall: WallId): KeptOutput {
    return this.kept.get(wall) ?? NEVER_PLACED;
  }

  private keep(wall: WallId, output: KeptOutput): Result<Done, Refusal> {
    this.kept.set(wall, output);
    this.tell();
    return this.parts.file.write(this.kept)
      ? ok({})
      : ok({ words: 'This could not be kept: after the next start it is as it was before.' });
  }

  private viewOf(
    wall: WallId,
    { placement, opensAtStart, sound, marks }: KeptOutput,
    displays: readonly DisplayView[],
  ): WallOutputView {
    const running = this.screens.get(wall)?.running();
    return {
      wall,
      isOpen: running !== undefined,
      opensAtStart,
      placement,
      sound,
      marks,
      solo: this.soloOf(wall),
      isSoundAway: running !== undefined && this.isSoundAway.has(wall),
      isAway: chooseWindowBounds(placement, displays)?.isAway ?? true,
      at: running?.at() ?? null,
    };
  }

  private tell(): void {
    this.listeners.tell(this.state());
  }
}
