// A button beside each field of the dossier that copies its text. Without it the text is selected as any other.
(() => {
  'use strict';
  const line = document.getElementById('copy-status');
  if (!line || !navigator.clipboard) return;
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
        line.textContent = line.dataset.copied.replace('{0}', button.dataset.name);
        button.classList.add('copied');
      } catch {
        line.textContent = line.dataset.failed;
      }
    });
  }
})();
