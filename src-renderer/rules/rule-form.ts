import type { WallCommand } from '#shared/document/command.ts';
import { RuleRotation } from '#shared/model/arrangement.ts';
import { RuleId } from '#shared/model/ids.ts';
import { WallName } from '#shared/model/wall.ts';
import { messages } from './messages.ts';

/** What stands in the form of a new rule. */
export type RuleForm = Readonly<{
  name: string;
  which: 'pinned' | 'tag' | 'city';
  value: string;
  does: 'fill' | 'rotate';
  tile: string;
  everySeconds: string;
}>;

export const EMPTY_RULE: RuleForm = {
  ...{ name: '', which: 'pinned', value: '', does: 'fill', tile: '', everySeconds: '60' },
};

type PutRule = Extract<WallCommand, { type: 'put-rule' }>;

/** The command that adds the rule, switched off, or what is wrong with it in words. */
export function commandOfRule(form: RuleForm, id: string): PutRule | string {
  const name = WallName.safeParse(form.name.trim());
  if (!name.success) return messages.noName;
  const value = form.value.trim();
  if (form.which !== 'pinned' && value === '') return messages.noValue;
  const match = form.which === 'pinned' ? {} : { [form.which]: value };
  const rule = { type: 'put-rule', rule: RuleId.parse(id), name: name.data, enabled: false, match } as const;
  if (form.does === 'fill') return rule;
  if (form.tile === '') return messages.noTile;
  const rotate = RuleRotation.safeParse({ tile: form.tile, everySeconds: Number(form.everySeconds) });
  return rotate.success ? { ...rule, rotate: rotate.data } : messages.noSeconds;
}
