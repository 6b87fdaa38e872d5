// Says that the session is about to end and lets the reader stay without leaving the page (S-37). The words are in the page.
(() => {
  'use strict';
  const box = document.getElementById('session');
  const words = box.querySelector('[role=status]');
  const key = box.querySelector('.session-key');
  const stay = box.querySelector('button');
  const again = box.querySelector('a');
  const line = document.getElementById('session-line');
  const early = 5 * 60 * 1000;
  const tabs = new BroadcastChannel('session');
  let end = Date.now() + Number(box.dataset.left) * 1000;
  let last = box.dataset.final === '1';
  let state = 'open';
  let since = 0;
  let before = null;

  const put = text => text.replace('{0}', new Date(end).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));

  const say = next => {
    if (next === state) return;
    const inside = box.contains(document.activeElement);
    state = next;
    since = Date.now();
    stay.hidden = key.hidden = !(next === 'soon' || next === 'failed');
    again.hidden = next !== 'over';
    words.textContent = '';
    box.hidden = next === 'open';
    // A live region speaks of what changes in it, not of what it holds when it appears.
    if (!box.hidden) setTimeout(() => { if (state === next) words.textContent = put(box.dataset[next]); }, 100);
    if (inside && stay.hidden && before && before.isConnected) before.focus({ preventScroll: true });
    // The focus stays where it is; only what the notice would cover moves out from under it.
    else if (!box.hidden && document.activeElement !== document.body) document.activeElement.scrollIntoView({ block: 'nearest' });
  };

  const look = () => {
    const left = end - Date.now();
    if (left <= 0) say('over');
    else if (left <= early && state !== 'failed') say(last ? 'last' : 'soon');
    else if (left > early && !(state === 'renewed' && Date.now() - since < 10000)) say('open');
  };

  const prolong = (until, final) => {
    end = until;
    last = final;
    if (line) line.textContent = put(last ? box.dataset.last : box.dataset.soon);
  };

  stay.addEventListener('click', async () => {
    if (box.hasAttribute('aria-busy')) return;
    box.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch('/session', { method: 'POST', body: new URLSearchParams({ __RequestVerificationToken: box.querySelector('[name=__RequestVerificationToken]').value }) });
      if (answer.status === 401) { end = Date.now(); look(); return; }
      if (!answer.ok) throw new Error(`session: ${answer.status}`);
      const { left, final } = await answer.json();
      prolong(Date.now() + left * 1000, final);
      tabs.postMessage({ end, last });
      say('renewed');
    } catch {
      say('failed');
    } finally {
      box.removeAttribute('aria-busy');
    }
  });

  box.addEventListener('focusin', event => { if (!box.contains(event.relatedTarget)) before = event.relatedTarget; });
  document.addEventListener('keydown', event => {
    if (event.key !== 'F8' || box.hidden) return;
    event.preventDefault();
    (stay.hidden ? again : stay).focus();
  });

  // All tabs share one session: a page opened in one prolongs it for the others, signing in again there opens it again here.
  tabs.addEventListener('message', ({ data }) => {
    if (data.end <= end) return;
    const waited = state !== 'open';
    prolong(data.end, data.last);
    if (waited && end - Date.now() > early) say('renewed');
    else look();
  });
  tabs.postMessage({ end, last });

  setInterval(look, 5000);
  document.addEventListener('visibilitychange', look);
  look();
})();
