import styles from './visually-hidden.module.css';

/** The class of words that only a screen reader gets. */
export const visuallyHidden = styles.hidden;
