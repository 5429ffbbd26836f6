import styles from './Admin.module.css';
import { Flags } from './admin-shapes.ts';
import { FeaturesPart } from './FeaturesPart.tsx';
import { KillSwitchesPart } from './KillSwitchesPart.tsx';
import { MaintenancePart } from './MaintenancePart.tsx';
import { Shown } from './Shown.tsx';
import { useAsked } from './use-asked.ts';

const EVERY_MS = 5_000;

/** What is switched while the server runs. */
export function FlagsPage() {
  const asked = useAsked('admin/flags', Flags, EVERY_MS);
  return (
    <Shown asked={asked}>
      {({ flags }) => (
        <div className={styles.page}>
          <MaintenancePart flag={flags.find((flag) => flag.type === 'maintenance')} onChange={asked.reload} />
          <KillSwitchesPart flags={flags.filter((flag) => flag.type === 'kill')} onChange={asked.reload} />
          <FeaturesPart flags={flags.filter((flag) => flag.type === 'feature')} onChange={asked.reload} />
        </div>
      )}
    </Shown>
  );
}
