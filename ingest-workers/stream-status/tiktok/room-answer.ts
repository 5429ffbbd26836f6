import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';

const text = z.string().nullish().catch(null);

/** What TikTok's page asks about the room of a name. */
const RoomAnswer = z.object({
  statusCode: z.number().optional(),
  message: text,
  data: z
    .object({
      liveRoom: z
        .object({
          status: z.number(),
          title: text,
          startTime: z.number().nullish().catch(null),
          coverUrl: text,
          liveRoomStats: z.object({ userCount: z.number().nullish() }).nullish().catch(null),
        })
        .nullish(),
    })
    .nullish(),
});

/** 2 is live and 4 is over; “no such user” and “not found” are also said of people who are live, so they say nothing. */
export function readTiktokRoom(body: string): Reading {
  const read = RoomAnswer.safeParse(readJson(body));
  if (!read.success) return noAnswer('odd-answer', 'TikTok answered oddly.', body);
  const { statusCode = 0, data } = read.data;
  const room = data?.liveRoom;
  const said = `statusCode ${statusCode}, liveRoom.status ${room?.status ?? '-'}`;
  if (room?.status === 2) {
    const startedAt = readTime(room.startTime == null ? undefined : room.startTime * 1000);
    const details = {
      title: room.title,
      startedAt,
      thumbnail: room.coverUrl,
      viewers: room.liveRoomStats?.userCount,
    };
    return answer('live', 'TikTok shows the room as live.', said, {
      ...given(details),
      orientation: 'vertical',
    });
  }
  if (statusCode === 0 && room?.status === 4)
    return answer('offline', 'TikTok shows the room as over.', said);
  return noAnswer('odd-answer', 'TikTok does not say whether this person is live.', said);
}
