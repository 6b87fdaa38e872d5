// Improves pages that already work without it: nothing may depend on this file. No dependency, no innerHTML (Trusted Types are on).
(() => {
  'use strict';

  // The error summary receives the focus, so that a screen reader starts with what is wrong (S-114).
  const summary = document.getElementById('error-summary');
  if (summary) summary.focus();

  // A link of the summary leads to the control itself, its label staying in sight.
  document.addEventListener('click', event => {
    const link = event.target instanceof Element && event.target.closest('.error-summary a[href^="#"]');
    if (!link) return;
    const control = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!control) return;
    event.preventDefault();
    const field = control.closest('.field') || control;
    field.scrollIntoView({ block: 'start' });
    control.focus({ preventScroll: true });
  });

  // Leaving a form with unsaved changes asks first.
  const state = form => new URLSearchParams(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])).toString();
  const guarded = new Map();
  document.querySelectorAll('form[data-guard]').forEach(form => {
    // A form that came back with errors holds typed text that is saved nowhere.
    guarded.set(form, summary && form.querySelector('[aria-invalid="true"]') ? null : state(form));
    // The draft holds it: leaving loses nothing.
    form.addEventListener('kept', () => guarded.set(form, state(form)));
  });
  let leaving = false;
  if (guarded.size) {
    addEventListener('beforeunload', event => {
      if (leaving) return;
      for (const [form, before] of guarded) {
        if (form.isConnected && state(form) !== before) { event.preventDefault(); return; }
      }
    });
  }

  // One click, one sending. The buttons stay enabled: a disabled one would lose its name and value.
  const sent = new WeakSet();
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (sent.has(form)) { event.preventDefault(); return; }
    sent.add(form);
    form.setAttribute('aria-busy', 'true');
    // Another form of the page (language, sign-out) still asks about the guarded one.
    leaving = guarded.size === 0 || guarded.has(form);
    // A download answers without leaving the page.
    setTimeout(() => { sent.delete(form); form.removeAttribute('aria-busy'); leaving = false; }, 8000);
  });
  // Back shows the page as it was left: it may be sent again.
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    leaving = false;
    document.querySelectorAll('form[aria-busy]').forEach(form => { sent.delete(form); form.removeAttribute('aria-busy'); });
  });

  // Character counters: the server wrote the first text, data-one and data-many carry its words.
  document.querySelectorAll('textarea[data-limit]').forEach(area => {
    const count = document.getElementById(area.id + '-count');
    if (!count) return;
    const limit = Number(area.dataset.limit);
    const show = () => {
      const length = area.value.length;
      const words = length < 2 ? count.dataset.one : count.dataset.many;
      count.textContent = words.replace('{0}', length).replace('{1}', limit);
      count.classList.toggle('over', length > limit);
    };
    // Said once typing rests, not at every key.
    let rest;
    area.addEventListener('input', () => {
      show();
      count.removeAttribute('aria-live');
      clearTimeout(rest);
      if (area.value.length > limit * 0.9) rest = setTimeout(() => { count.setAttribute('aria-live', 'polite'); show(); }, 1000);
    });
  });
})();
