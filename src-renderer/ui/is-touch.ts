/** Whether a click came from a finger, which points at nothing before it presses and has no other button. */
export const isTouch = (click: Event): boolean => 'pointerType' in click && click.pointerType === 'touch';
