import { useState, type FormEvent } from 'react';
import { Role } from '#shared/model/role.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import type { Flag } from './admin-shapes.ts';
import { FeaturePeople } from './FeaturePeople.tsx';
import { messages } from './messages.ts';
import { Table } from './Table.tsx';
import { useAct, useAdmin } from './use-asked.ts';

const words = messages.flags;

type Feature = Flag & { type: 'feature' };
type Rule = Feature['rule'];
type Props = { readonly flags: readonly Feature[]; readonly onChange: () => void };

const SHARES = [1, 5, 10, 25, 50, 75];
const AUDIENCES = [
  { value: 'everybody', words: words.everybody },
  ...Role.options.map((role) => ({ value: `role ${role}`, words: messages.roleNames[role] })),
  { value: 'share 0', words: words.nobodyElse },
  ...SHARES.map((percent) => ({ value: `share ${String(percent)}`, words: words.share(percent) })),
];

/** What is on for some, or for all. Other shares, and several roles, go over the API. */
export function FeaturesPart({ flags, onChange }: Props) {
  const { api } = useAdmin();
  const act = useAct();
  const [name, setName] = useState('');
  const put = async (of: string, rule: Partial<Rule>, why?: string) => {
    const done = await act(api.send('PUT', `admin/flags/${of}`, { ...rule, words: why ?? '' }));
    onChange();
    return done !== undefined;
  };
  const remove = async (of: string) => {
    await act(api.send('DELETE', `admin/flags/${of}`));
    onChange();
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await put(encodeURIComponent(name.trim()), {})) setName('');
  };
  return (
    <section className={styles.page} aria-labelledby="features">
      <h2 id="features">{words.features}</h2>
      <Table
        label={words.features}
        heads={words.featureHeads}
        none={words.noFeatures}
        rows={flags.map(({ name: of, rule, words: why }) => ({
          key: of,
          cells: [
            of,
            <Switch key="c" words={words.on(of)} on={rule.on} onChange={(on) => void put(of, { on }, why)} />,
            <Select
              key="b"
              label={words.forWhom(of)}
              value={audienceOf(rule)}
              options={optionsFor(rule)}
              onChange={(value) => void put(of, ruleOf(value), why)}
            />,
            rule.everybody ? (
              ''
            ) : (
              <FeaturePeople
                key="p"
                feature={of}
                actors={rule.users}
                onChange={(users) => void put(of, { users: [...users] }, why)}
              />
            ),
            why,
            <Button
              key="a"
              tone="quiet"
              aria-label={`${words.remove}: ${of}`}
              onClick={() => void remove(of)}
            >
              {words.remove}
            </Button>,
          ],
        }))}
      />
      <form className={styles.form} onSubmit={(event) => void add(event)}>
        <Labelled words={words.featureName}>
          <TextField
            required
            label={words.featureName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Labelled>
        <Button type="submit">{words.add}</Button>
      </form>
    </section>
  );
}

function audienceOf({ everybody, roles, percent }: Rule): string {
  if (everybody) return 'everybody';
  const [role, ...more] = roles;
  if (role !== undefined && more.length === 0 && percent === 0) return `role ${role}`;
  return roles.length === 0 ? `share ${String(percent)}` : 'mixed';
}

/** Also what it is now, if it is none of the usual. */
function optionsFor(rule: Rule): readonly { value: string; words: string }[] {
  const value = audienceOf(rule);
  if (AUDIENCES.some((one) => one.value === value)) return AUDIENCES;
  const { roles, percent } = rule;
  return [
    { value, words: [...roles.map((role) => messages.roleNames[role]), words.share(percent)].join(', ') },
    ...AUDIENCES,
  ];
}

function ruleOf(value: string): Partial<Rule> {
  const nobody = { everybody: false, roles: [], percent: 0 };
  const role = Role.options.find((one) => value === `role ${one}`);
  if (role !== undefined) return { ...nobody, roles: [role] };
  const percent = [0, ...SHARES].find((one) => value === `share ${String(one)}`);
  if (percent !== undefined) return { ...nobody, percent };
  return value === 'everybody' ? { ...nobody, everybody: true } : {};
}
