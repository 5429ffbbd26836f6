import { type CatalogueState, setField } from './catalogue-plan.ts';
import type { CatalogueRecordRoot } from './catalogue-tables.ts';
import { joinFields, laterField } from './merge-copies.ts';
import type { Op } from './op.ts';
import { bareObject, samePlain, type StoredField, type StoredRecord } from './stored-value.ts';

/**
 * What the archive knows of a record and the one that is there lacks: later edits win, notes are joined. It comes as the
 * record's own, so that it goes with the record.
 */
export function pastOps(
  state: CatalogueState,
  root: CatalogueRecordRoot,
  id: string,
  past: StoredRecord,
): readonly Op[] {
  const now = state.whole(root, id);
  if (now === undefined) return [];
  const isSame = now.births.some((birth) => past.births.includes(birth));
  const lacking = bareObject<StoredField>();
  const edits: Op[] = [];
  for (const [field, before] of Object.entries(past.fields)) {
    const after = now.fields[field];
    const joined = after === undefined || isSame ? undefined : joinFields(field, before, after);
    const later = after === undefined ? before : laterField(before, after);
    if (joined !== undefined && after !== undefined && !samePlain(joined.value, after.value))
      edits.push(setField(root, id, field, joined.value));
    else if (joined === undefined && !samePlain(later.value, after?.value ?? null)) lacking[field] = later;
  }
  const record = { births: now.births, fields: { ...now.fields, ...lacking } };
  const isLacking = Object.keys(lacking).length > 0;
  return [
    ...(isLacking ? [{ type: 'restore-record', root, id, record, reborn: false } as const] : []),
    ...edits,
  ];
}

export function withoutFields({ births, fields }: StoredRecord, names: readonly string[]): StoredRecord {
  return {
    births,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))),
  };
}
