const key = 'interaura.read-aloud';

/** Whether questions are read aloud: yes, unless it was switched off. */
export function readsAloud(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

export function setReadsAloud(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Without storage it is asked anew.
  }
}

export function canRead(): boolean {
  return 'speechSynthesis' in window;
}

/**
 * Reads a text aloud with the browser's own voice. `ended` is called once, also where nothing can be
 * heard. Returns how to stop.
 */
export function readAloud(text: string, ended: () => void): () => void {
  if (!canRead()) {
    ended();
    return () => undefined;
  }
  const words = new SpeechSynthesisUtterance(text);
  words.lang = 'en';
  words.rate = 0.98;
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    ended();
  };
  // Some browsers have no voice and never say so.
  const timer = setTimeout(end, 3_000 + text.length * 90);
  words.onend = end;
  words.onerror = end;
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(words);
  return () => {
    window.speechSynthesis.cancel();
    end();
  };
}
