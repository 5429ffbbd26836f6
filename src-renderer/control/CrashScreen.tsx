import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { messages } from './messages.ts';
import { MessageScreen } from './MessageScreen.tsx';

type State = { readonly crashed: boolean };

/** Stands around everything: a bug in what is drawn costs this drawing, not the window. */
export class CrashScreen extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { crashed: false };

  static getDerivedStateFromError(): State {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    const { title, words, again } = messages.crashed;
    return (
      <MessageScreen title={title} words={words}>
        <Button tone="loud" autoFocus onClick={() => this.setState({ crashed: false })}>
          {again}
        </Button>
      </MessageScreen>
    );
  }
}
