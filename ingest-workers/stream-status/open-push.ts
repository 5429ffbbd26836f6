import { systemTimers } from '../timers.ts';
import type { OpenPush } from './push-source.ts';
import type { RouteTools } from './status-route.ts';
import type { StatusSettings } from './status-settings.ts';
import { createSubscriber } from './twitch/eventsub/subscribe.ts';
import { createTwitchEventSub } from './twitch/eventsub/twitch-eventsub.ts';
import { createUserToken } from './twitch/eventsub/user-token.ts';
import { openEventSubSocket } from './twitch/eventsub/websocket-eventsub.ts';

/** Platforms that tell by themselves who goes live, as far as there are settings for it. */
export function openPush(tools: RouteTools, { eventSub }: StatusSettings): readonly OpenPush[] {
  if (eventSub === undefined) return [];
  const { app, token, refreshToken, url } = eventSub;
  return [
    createTwitchEventSub({
      ...{ url, openSocket: openEventSubSocket, timers: systemTimers, clock: tools.clock },
      subscriber: createSubscriber(tools, app.clientId, createUserToken(tools, app, token, refreshToken)),
      random: Math.random,
    }),
  ];
}
