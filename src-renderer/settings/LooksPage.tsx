import { useControl, usePreference, usePreferenceProblems } from '../stores/control-context.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { LANGUAGES, language, speak } from '../words/language.ts';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const themes = ['dark', 'light', 'contrast'] as const;

/** How it looks on this machine, and what of its settings could not be used. */
export function LooksPage() {
  const { preferences } = useControl();
  const theme = usePreference('theme');
  const problems = usePreferenceProblems();
  return (
    <div className={styles.page}>
      <Labelled words={messages.theme}>
        <Select
          label={messages.theme}
          value={theme}
          options={themes.map((value) => ({ value, words: messages.themes[value] }))}
          onChange={(next) => preferences.change({ theme: next })}
        />
      </Labelled>
      <Labelled words={messages.language}>
        <Select
          label={messages.language}
          value={language}
          options={LANGUAGES.map((value) => ({ value, words: messages.languages[value] }))}
          onChange={speak}
        />
      </Labelled>
      {problems.length > 0 && (
        <div role="alert">
          <p>{messages.problems}</p>
          <ul>
            {problems.map(({ name, value, words }) => (
              <li key={name} className={styles.wrong}>
                {messages.problem(name, value, words)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
