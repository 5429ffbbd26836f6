import { expect, it } from 'vitest';
import { createViewStack } from './view-stack.ts';

function createStack() {
  const children: string[] = [];
  const stack = createViewStack<string>({
    addChildView: (view, index = children.length) => {
      children.splice(index, 0, view);
    },
    removeChildView: (view) => {
      children.splice(children.indexOf(view), 1);
    },
  });
  return { stack, children };
}

it('the levels lie over one another in their order, however they come', () => {
  const { stack, children } = createStack();
  stack.add('overlay', 'overlay');
  stack.add('page', 'page');
  stack.add('background', 'background');
  stack.add('player', 'player');
  expect(children).toEqual(['background', 'player', 'page', 'overlay']);
  expect(stack.views()).toEqual(children);
});

it('a new view comes beneath those of its level, so that what was seen stays in front of it', () => {
  const { stack, children } = createStack();
  for (const view of ['old', 'new']) stack.add('page', view);
  stack.add('player', 'player');
  expect(children).toEqual(['player', 'new', 'old']);
  stack.remove('old');
  stack.remove('nobody');
  expect(children).toEqual(['player', 'new']);
});
