const gap = 4;
const edge = 8;

/** Below the button, or above it where there is no room; towards the middle of the phone; never beyond the window. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const from = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const around = (button.closest('.pane, .rail, dialog') ?? document.body).getBoundingClientRect();
  const wanted = from.left + from.right < around.left + around.right ? from.left : from.right - width;
  const below = from.bottom + gap;
  const fits = below + height <= innerHeight - edge;
  menu.style.left = `${clamp(wanted, innerWidth - width - edge)}px`;
  menu.style.top = `${clamp(fits ? below : from.top - gap - height, innerHeight - height - edge)}px`;
}

const clamp = (value: number, max: number): number => Math.max(edge, Math.min(value, max));
