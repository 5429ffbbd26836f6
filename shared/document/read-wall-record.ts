import { RuleMatch, RuleRotation, SceneArrangement } from '../model/arrangement.ts';
import { ActorId, type RuleId, type SceneId } from '../model/ids.ts';
import { WallName } from '../model/wall.ts';
import type { Report } from './read-tile.ts';
import type { StoredRecord } from './stored-value.ts';
import type { RuleView, SceneView } from './view.ts';

/** A scene, or null when its name or arrangement cannot be read. */
export function readScene(id: SceneId, { fields }: StoredRecord, report: Report): SceneView | null {
  const name = WallName.safeParse(fields['name']?.value);
  const arrangement = SceneArrangement.safeParse(fields['arrangement']?.value);
  if (!name.success) return (report('its name cannot be read'), null);
  if (!arrangement.success) return (report('its arrangement cannot be read'), null);
  return { id, name: name.data, grid: arrangement.data.grid, tiles: arrangement.data.tiles };
}

/** A rule, or null when any part cannot be read: half a rule would place streams that nobody asked for. */
export function readRule(id: RuleId, { fields }: StoredRecord, report: Report): RuleView | null {
  const name = WallName.safeParse(fields['name']?.value);
  const match = RuleMatch.safeParse(fields['match']?.value);
  const by = ActorId.safeParse(fields['by']?.value);
  const enabled = fields['enabled']?.value;
  const rotate = RuleRotation.nullish().safeParse(fields['rotate']?.value);
  if (!name.success) return (report('its name cannot be read'), null);
  if (!match.success) return (report('what it matches cannot be read'), null);
  if (!by.success) return (report('who switched it on cannot be read'), null);
  if (typeof enabled !== 'boolean') return (report('whether it is on cannot be read'), null);
  if (!rotate.success) return (report('which tile it rotates cannot be read'), null);
  const rule = { id, name: name.data, enabled, match: match.data, by: by.data };
  return rotate.data === null || rotate.data === undefined ? rule : { ...rule, rotate: rotate.data };
}
