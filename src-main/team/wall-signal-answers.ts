import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { MAX_PICTURE_BYTES, type SignalAnswer } from '#shared/protocol/sync-messages.ts';
import type { WallScreen } from '../wall-screen.ts';

/** What became of what the Streamdelay server here was asked from elsewhere; undefined: there is none of that mark. */
export function tellDelayed(done: Result<Done, Refusal> | undefined): Omit<SignalAnswer, 'id'> {
  if (done === undefined)
    return {
      outcome: 'no-such-tile',
      words: 'The wall’s machine has another Streamdelay server now, or none.',
    };
  if (!done.ok) return { outcome: 'failed', words: done.error.message };
  return { outcome: 'done', ...(done.value.words === undefined ? {} : { words: done.value.words }) };
}

type Outcome = Awaited<ReturnType<WallScreen['signal']>>;

const JPEG = 'data:image/jpeg;base64,';

/** What became of a signal at this desk's wall, as it travels to who asked. */
export function tellOutcome(outcome: Outcome): Omit<SignalAnswer, 'id'> {
  switch (outcome.type) {
    case 'no-such-tile':
      return { outcome: 'no-such-tile' };
    case 'not-shown':
      return { outcome: 'failed', words: 'The wall is not on a screen now.' };
    case 'refused':
      return { outcome: 'failed', words: outcome.words };
    case 'done': {
      const words = outcome.words === undefined ? {} : { words: outcome.words };
      if (outcome.image === undefined) return { outcome: 'done', ...words };
      const picture = pictureOf(outcome.image);
      if (picture === undefined) return { outcome: 'failed', words: 'The picture is too large to be sent.' };
      return { outcome: 'done', ...words, picture };
    }
  }
}

/** What came back from somebody else's wall, as the control room takes it. */
export function hearAnswer({ outcome, words, picture }: SignalAnswer): Result<Done, Refusal> {
  if (outcome === 'done') {
    const image = picture === undefined ? {} : { image: JPEG + Buffer.from(picture).toString('base64') };
    return ok({ ...(words === undefined ? {} : { words }), ...image });
  }
  const isForbidden = outcome === 'forbidden';
  return fail({
    reason: isForbidden ? 'forbidden' : 'not-found',
    message: words ?? USUAL_WORDS[outcome],
    retryable: outcome === 'failed' || outcome === 'no-output',
  });
}

const USUAL_WORDS = {
  'no-such-tile': 'That tile is not on the wall any more.',
  failed: 'The wall could not do that.',
  'no-output': 'Nobody who is connected shows that wall now.',
  forbidden: 'Your role does not allow that.',
} as const;

function pictureOf(image: string): Uint8Array | undefined {
  if (!image.startsWith(JPEG)) return undefined;
  const bytes = new Uint8Array(Buffer.from(image.slice(JPEG.length), 'base64'));
  return bytes.length <= MAX_PICTURE_BYTES ? bytes : undefined;
}
