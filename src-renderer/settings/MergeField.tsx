import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { messages } from './messages.ts';

type MergeFieldProps<T> = {
  readonly others: readonly T[];
  readonly nameOf: (other: T) => string;
  readonly onChoose: (other: T) => void;
};

/** Two that turned out to be one: chooses the one that stays. */
export function MergeField<T extends { readonly id: string }>({
  others,
  nameOf,
  onChoose,
}: MergeFieldProps<T>) {
  return (
    <Labelled words={messages.mergeInto}>
      <Select
        label={messages.mergeInto}
        value=""
        options={[
          { value: '', words: '…' },
          ...others.map((other) => ({ value: other.id, words: nameOf(other) })),
        ]}
        onChange={(id) => {
          const into = others.find((other) => other.id === id);
          if (into !== undefined) onChoose(into);
        }}
      />
    </Labelled>
  );
}
