// Keeps what is being typed in a section as a draft, while the page stays open and after. Without it each save is a save as before.
(() => {
  'use strict';
  const form = document.querySelector('form[data-draft]');
  const line = document.getElementById('saved-line');
  if (!form || !form.dataset.draft || !line) return;
  const rest = 3000;
  const state = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
  // A form that came back with more rows or with errors holds text that is kept nowhere yet.
  let kept = form.dataset.typed ? null : state();
  let timer = 0;
  let sending = false;

  const say = (words, back) => {
    line.textContent = words;
    if (!back) return;
    const link = document.createElement('a');
    link.className = 'act-link';
    link.href = line.dataset.here;
    link.textContent = line.dataset.back.replace('{0}', line.dataset.saved);
    line.append(' ', link);
  };

  const keep = async keepalive => {
    clearTimeout(timer);
    const now = state();
    if (sending || now === kept) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.draft, { method: 'POST', body: new URLSearchParams(now), keepalive: keepalive && now.length < 60000 });
      if (!answer.ok) { say(answer.status === 401 ? line.dataset.lost : line.dataset.failed); return; }
      const { at, left, final } = await answer.json();
      kept = now;
      form.dispatchEvent(new CustomEvent('kept'));
      say(line.dataset.kept.replace('{0}', at), true);
      // Typing is being there: the notice of the session's end moves with it.
      new BroadcastChannel('session').postMessage({ end: Date.now() + left * 1000, last: final });
    } catch {
      say(line.dataset.failed);
    } finally {
      sending = false;
      if (state() !== kept && !keepalive) wait();
    }
  };

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(false), rest);
  };

  if (kept === null) wait();
  form.addEventListener('input', wait);
  form.addEventListener('change', wait);
  // A save is under way: a draft that arrives after it would offer again what is saved.
  form.addEventListener('submit', () => { clearTimeout(timer); sending = true; });
  addEventListener('pageshow', event => { if (event.persisted) sending = false; });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(true); });
})();
