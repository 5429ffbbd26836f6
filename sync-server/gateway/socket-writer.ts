import type { Duplex } from 'node:stream';

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
    socket.cork();
    let length = 0;
    for (const frame of frames) {
      socket.write(frame);
      length += frame.length;
    }
    socket.uncork();
    this.underWay = Math.max(this.underWay, length);
    return undefined;
  }
}
