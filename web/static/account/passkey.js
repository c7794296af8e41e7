// Passkeys: asks the device to make a key or to sign with one, and sends the form with its answer.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const known = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function asked(how, told) {
  const options = { ...told, challenge: bytes(told.challenge) };
  if (how === "create") {
    options.user = { ...told.user, id: bytes(told.user.id) };
    options.excludeCredentials = known(told.excludeCredentials);
  } else {
    options.allowCredentials = known(told.allowCredentials);
  }
  return { publicKey: options };
}

function answer(found) {
  const given = found.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) response[part] = text(given[part]);
  }
  if (given.getTransports) response.transports = given.getTransports();
  return JSON.stringify({
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response,
    extensions: JSON.stringify(found.getClientExtensionResults()),
  });
}

const form = document.getElementById("passkey");
if (form) {
  const { how, options, failed } = form.dataset;
  navigator.credentials[how](asked(how, JSON.parse(options)))
    .then((found) => {
      form.elements.credential.value = answer(found);
      form.submit();
    })
    .catch(() => {
      const status = document.getElementById("passkey-status");
      status.textContent = failed;
      status.className = "alert alert-danger";
    });
}
