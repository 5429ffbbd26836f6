import type { Commit } from './commit.ts';

/**
 * Commits that were told and may be called saved once they are on disk. Each is answered when all before it were, so that
 * answers keep their order, with those that need not wait among them.
 */
export class AnswersInTurn {
  private readonly waiting: Commit[] = [];
  private last: Promise<void> = Promise.resolve();
  private isOver = false;
  private readonly parts: AnswersParts;

  constructor(parts: AnswersParts) {
    this.parts = parts;
  }

  isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** @param onDisk when it may be called saved; undefined when it may be at once */
  add(commit: Commit, onDisk: Promise<void> | undefined): void {
    if (onDisk === undefined && this.isEmpty()) {
      this.parts.answered(commit);
      return;
    }
    commit.forgetFrames();
    this.waiting.push(commit);
    this.last = this.answerBehind(this.last, commit, onDisk);
  }

  /** Resolves when what was added before is answered. */
  async settled(): Promise<void> {
    await this.last;
  }

  private async answerBehind(
    last: Promise<void>,
    commit: Commit,
    onDisk: Promise<void> | undefined,
  ): Promise<void> {
    try {
      await onDisk;
    } catch (error) {
      this.isOver = true;
      this.parts.failed(error);
    }
    await last;
    if (this.isOver) return;
    this.waiting.shift();
    this.parts.answered(commit);
    if (this.isEmpty()) this.parts.onEmpty();
  }
}

type AnswersParts = {
  /** It is on disk, and all before it. */
  readonly answered: (commit: Commit) => void;
  /** What was told may not be there after a power cut. Nothing behind it is answered. */
  readonly failed: (error: unknown) => void;
  readonly onEmpty: () => void;
};
