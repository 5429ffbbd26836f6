import type { Duplex } from 'node:stream';

const MAX_COPIED_BYTES = 16_384;

/** Writes frames to a connection as long as its reader takes them. */
export class SocketWriter {
  /** The largest write that is still on its way, on top of which a backlog counts. */
  private underWay = 0;
  private readonly socket: Duplex;
  private readonly maxBacklogBytes: number;

  constructor(socket: Duplex, maxBacklogBytes: number) {
    this.socket = socket;
    this.maxBacklogBytes = maxBacklogBytes;
    socket.on('drain', () => (this.underWay = 0));
  }

  /** Hands over all frames in one write. @returns the backlog, when it is too long and nothing was written */
  write(frames: readonly Uint8Array[]): number | undefined {
    const { socket } = this;
    const backlogBytes = socket.writableLength;
    if (backlogBytes > this.maxBacklogBytes + this.underWay) return backlogBytes;
    const length = frames.reduce((sum, frame) => sum + frame.length, 0);
    // Copying little is cheaper than a write of many parts.
    const [first] = frames;
    if (first !== undefined && frames.length === 1) socket.write(first);
    else if (length <= MAX_COPIED_BYTES) socket.write(Buffer.concat(frames, length));
    else {
      socket.cork();
      for (const frame of frames) socket.write(frame);
      socket.uncork();
    }
    this.underWay = Math.max(this.underWay, length);
    return undefined;
  }
}
