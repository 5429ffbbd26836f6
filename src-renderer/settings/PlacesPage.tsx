import { Pencil, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Command } from '#shared/document/command.ts';
import type { LocationView } from '#shared/document/view.ts';
import { LocationId } from '#shared/model/ids.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { MergeField } from './MergeField.tsx';
import { mergeLocations, nameOfLocation, writeLocation } from './location-edits.ts';
import { messages } from './messages.ts';
import styles from './Page.module.css';
import { newId, useCatalogue } from './use-catalogue.ts';

const words = messages.places;
const fields = ['city', 'region', 'country'] as const;
const empty = { city: '', region: '', country: '' };
const MOST_SHOWN = 500;

/** Places that streams are at. */
export function PlacesPage() {
  const locations = useMirror((mirror) => mirror.locations);
  const send = useCatalogue();
  const [edited, setEdited] = useState<LocationView | null>(null);
  const check = ({ id, addedAt: _at, addedBy: _by, ...location }: LocationView, known: boolean) =>
    void send({ type: 'put-location', id, fields: { ...location, known } });
  return (
    <div className={styles.page}>
      <PlaceEditor key={edited?.id ?? 'new'} location={edited} onDone={() => setEdited(null)} />
      {locations.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {locations.slice(0, MOST_SHOWN).map((location) => {
          const name = nameOfLocation(location);
          return (
            <li key={location.id} className={styles.line}>
              <span className={styles.what}>{name}</span>
              <Switch words={words.known} on={location.known} onChange={(known) => check(location, known)} />
              <IconButton
                label={`${messages.save}: ${name}`}
                icon={<Pencil size={15} />}
                onClick={() => setEdited(location)}
              />
              <IconButton
                label={messages.remove(name)}
                icon={<Trash2 size={15} />}
                onClick={() => void send({ type: 'remove-location', id: location.id })}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type PlaceEditorProps = { readonly location: LocationView | null; readonly onDone: () => void };

/** A new place, or one that is there. */
function PlaceEditor({ location, onDone }: PlaceEditorProps) {
  const send = useCatalogue();
  const { city = '', region = '', country = '' } = location ?? {};
  const [text, setText] = useState({ city, region, country });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const id = location?.id ?? LocationId.parse(newId());
    if (!(await send({ type: 'put-location', id, fields: writeLocation(location, text) }))) return;
    setText(empty);
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {fields.map((field) => (
        <Labelled key={field} words={words[field]}>
          <TextField
            label={words[field]}
            required={field === 'city'}
            maxLength={120}
            value={text[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        </Labelled>
      ))}
      <Button type="submit">{location === null ? words.add : messages.save}</Button>
      {location !== null && <MergePlace location={location} onDone={onDone} />}
    </form>
  );
}

/** Two that turned out to be one: the other keeps the streams of both. */
function MergePlace({ location, onDone }: { readonly location: LocationView; readonly onDone: () => void }) {
  const { actions } = useControl();
  const locations = useMirror((mirror) => mirror.locations);
  const streams = useMirror((mirror) => mirror.streams);
  const merge = (into: LocationView) => {
    const there = [...streams.values()].filter((stream) => stream.location === location.id);
    const commands = mergeLocations(location, into, there).map<Command>((command) => ({
      document: 'catalogue',
      command,
    }));
    void actions.all(commands, () => messages.merged(nameOfLocation(into)));
    onDone();
  };
  const others = locations.filter(({ id }) => id !== location.id);
  return <MergeField others={others} nameOf={nameOfLocation} onChoose={merge} />;
}
