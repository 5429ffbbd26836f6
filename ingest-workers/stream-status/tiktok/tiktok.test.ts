import { describe, expect, it } from 'vitest';
import { readTiktokRoom } from './room-answer.ts';

const room = (status: number) => ({
  liveRoom: {
    status,
    title: 'March',
    startTime: 1785578400,
    coverUrl: 'https://p.example/x',
    liveRoomStats: { userCount: 40 },
  },
});
const read = (value: unknown) => readTiktokRoom(JSON.stringify(value));

describe('TikTok', () => {
  it('[LS2] live: with title, viewers, beginning and upright', () => {
    expect(read({ statusCode: 0, data: room(2) })).toMatchObject({
      status: 'live',
      details: { title: 'March', viewers: 40, startedAt: 1785578400000, orientation: 'vertical' },
    });
  });

  it('[LS2] offline: the room is over', () => {
    expect(read({ statusCode: 0, data: room(4) })).toMatchObject({ status: 'offline', isFinal: false });
  });

  it('[LS1] “user not found” is also said of people who are live, so it says nothing', () => {
    for (const statusCode of [19881007, 404000, 10000])
      expect(read({ statusCode, message: 'user_not_found' })).toMatchObject({
        type: 'no-answer',
        cause: 'odd-answer',
      });
    expect(read({ statusCode: 19881007, data: room(4) })).toMatchObject({ type: 'no-answer' });
    expect(read({ statusCode: 0, data: {} })).toMatchObject({ type: 'no-answer' });
    expect(read({ statusCode: 0, data: room(3) })).toMatchObject({ type: 'no-answer' });
  });
});
