// Passkeys need a script: the browser speaks to the device. The server gives the challenge and checks the answer; nothing is decided here.
(() => {
  'use strict';
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) return;

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button');
    const failed = form.querySelector('[data-failed]');
    form.hidden = false;
    button.addEventListener('click', async () => {
      failed.hidden = true;
      button.disabled = true;
      try {
        const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) throw new Error(`options: ${answer.status}`);
        const options = await answer.json();
        const ticket = form.elements.namedItem('Form.Ticket');
        if (ticket) ticket.value = answer.headers.get('X-Passkey-Ticket');
        const credential = form.dataset.passkey === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.elements.namedItem('credential').value = JSON.stringify(credential);
        form.submit();
      } catch {
        // The person closed the device's window, or it has no key for this place: she chooses what to do next.
        failed.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
  }
})();
