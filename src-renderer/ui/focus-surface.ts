/**
 * For a surface that opens: takes the focus itself, instead of handing it to its first control, whose tooltip would then
 * cover the others.
 */
export function focusSurface(event: Event): void {
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.focus();
}
