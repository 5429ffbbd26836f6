import type { StreamView } from '#shared/document/view.ts';
import type { LabelPosition, StreamKind } from '#shared/model/stream.ts';

/** What stands in the form for one stream. */
export type StreamFormText = Readonly<{
  label: string;
  code: string;
  title: string;
  source: string;
  city: string;
  region: string;
  country: string;
  tags: string;
  notes: string;
  kind: StreamKind;
  labelPosition: LabelPosition;
  orientation: '' | 'horizontal' | 'vertical';
  rotation: '0' | '90' | '180' | '270';
  pinned: boolean;
  noCheck: boolean;
}>;

export function formOf(stream: StreamView): StreamFormText {
  return {
    label: stream.label ?? '',
    code: stream.code,
    title: stream.title ?? '',
    source: stream.source ?? '',
    city: stream.city ?? '',
    region: stream.region ?? '',
    country: stream.country ?? '',
    tags: stream.tags?.join(', ') ?? '',
    notes: stream.notes ?? '',
    kind: stream.kind,
    labelPosition: stream.labelPosition ?? 'top-left',
    orientation: stream.orientation ?? '',
    rotation: `${stream.rotation ?? 0}`,
    pinned: stream.pinned === true,
    noCheck: stream.noCheck === true,
  };
}

/**
 * Only what was changed, so that what others write meanwhile in other fields stays. Not checked yet: a code with signs in
 * it is handed on as it was written.
 */
export function changesOfForm(
  before: StreamFormText,
  after: StreamFormText,
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(after) as (keyof StreamFormText)[]) {
    if (before[name] !== after[name]) changes[name] = valueOf(name, after[name]);
  }
  return changes;
}

function valueOf(name: keyof StreamFormText, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value ? true : null;
  const text = value.trim();
  switch (name) {
    case 'code':
      return text.toLowerCase();
    case 'tags':
      return [
        ...new Set(
          text
            .split(',')
            .map((tag) => tag.trim())
            .filter(Boolean),
        ),
      ];
    case 'rotation':
      return Number(text);
    default:
      return text === '' ? null : text;
  }
}
