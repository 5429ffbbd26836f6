/** Opens the context menu of whatever an element belongs to, as a right click in its middle would. */
export function openMenuOf(element: HTMLElement): void {
  const { left, top, width, height } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: left + width / 2,
      clientY: top + height / 2,
    }),
  );
}
