// The preview beside a text follows its author while she rests. Without this, a button asks for it.
(() => {
  'use strict';
  const form = document.querySelector('form[data-preview]');
  const shown = document.getElementById('apercu');
  // What is read of persons is asked for by hand: each look leaves its trace.
  if (!form || !shown || form.dataset.live !== 'yes') return;
  let timer, asked = 0;
  const refresh = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('apercu');
      const place = shown.querySelector('article.document');
      // A text with a fault keeps what was seen before; saving says the fault.
      const article = fresh && fresh.querySelector('article.document');
      if (article && place) place.replaceWith(document.importNode(article, true));
    } catch {
      // No answer: the button stays.
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 900);
  });
})();
