export type Devices = { camera: string | null; microphone: string | null };

const key = 'interaura.devices';

/** The devices that were chosen last, by the browser's ids. */
export function rememberedDevices(): Devices {
  const none = { camera: null, microphone: null };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return none;
    const id = (name: string) => {
      const value: unknown = Reflect.get(kept, name);
      return typeof value === 'string' ? value : null;
    };
    return { camera: id('camera'), microphone: id('microphone') };
  } catch {
    return none;
  }
}

export function rememberDevices(devices: Devices): void {
  try {
    localStorage.setItem(key, JSON.stringify(devices));
  } catch {
    // Without storage the browser's own choice is used.
  }
}

/** A device that is gone is not asked for again. */
export function forgetDevice(kind: keyof Devices): void {
  rememberDevices({ ...rememberedDevices(), [kind]: null });
}
