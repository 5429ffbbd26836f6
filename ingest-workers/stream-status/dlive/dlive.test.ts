import { describe, expect, it } from 'vitest';
import { readDliveUser } from './dlive-user.ts';

const read = (userByDisplayName: unknown, errors?: unknown) =>
  readDliveUser(JSON.stringify({ data: { userByDisplayName }, errors }));

describe('DLive', () => {
  it('[LS2] live: with title, viewers, beginning and picture', () => {
    const livestream = {
      title: 'Bridge',
      watchingCount: 3,
      createdAt: '1785578400000',
      thumbnailUrl: 'https://img.example/x',
    };
    expect(read({ username: 'dlive-1', livestream })).toMatchObject({
      status: 'live',
      details: { title: 'Bridge', viewers: 3, startedAt: 1785578400000, thumbnail: 'https://img.example/x' },
    });
  });

  it('[LS2] offline, and gone; but not when the question failed', () => {
    expect(read({ username: 'dlive-1', livestream: null })).toMatchObject({ status: 'offline' });
    expect(read(null)).toMatchObject({ status: 'gone' });
    expect(read(null, [{ message: 'internal error' }])).toMatchObject({ type: 'no-answer' });
  });
});
