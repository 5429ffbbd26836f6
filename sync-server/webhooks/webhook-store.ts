import type { Webhook } from './webhook.ts';

/** Webhooks, and how far each has come. Every call throws `LogUnavailable` while the database does not answer. */
export type WebhookStore = {
  readonly list: () => Promise<readonly Webhook[]>;
  readonly find: (id: string) => Promise<Webhook | undefined>;
  readonly add: (hook: Webhook) => Promise<void>;
  /** Writes down what came of an attempt. */
  readonly note: (hook: Webhook) => Promise<void>;
  /** @returns whether it was there */
  readonly remove: (id: string) => Promise<boolean>;
};
