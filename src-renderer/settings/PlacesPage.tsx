import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { LocationView } from '#shared/document/view.ts';
import { LocationId } from '#shared/model/ids.ts';
import { useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
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
  const [text, setText] = useState(empty);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const { city, region, country } = text;
    const done = await send({
      type: 'put-location',
      id: LocationId.parse(newId()),
      fields: {
        city: city.trim(),
        ...(region.trim() === '' ? {} : { region: region.trim() }),
        ...(country.trim() === '' ? {} : { country: country.trim() }),
        known: true,
      },
    });
    if (done) setText(empty);
  };
  const check = ({ id, addedAt: _at, addedBy: _by, ...location }: LocationView, known: boolean) =>
    void send({ type: 'put-location', id, fields: { ...location, known } });
  return (
    <div className={styles.page}>
      <form className={styles.form} onSubmit={(event) => void add(event)}>
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
        <Button type="submit">{words.add}</Button>
      </form>
      {locations.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {locations.slice(0, MOST_SHOWN).map((location) => {
          const name = fields
            .map((field) => location[field])
            .filter(Boolean)
            .join(', ');
          return (
            <li key={location.id} className={styles.line}>
              <span className={styles.what}>{name}</span>
              <Switch words={words.known} on={location.known} onChange={(known) => check(location, known)} />
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
