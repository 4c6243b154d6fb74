// Small conveniences; every page works without them.

// A form is sent once.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = event.submitter ?? event.target.querySelector("button");
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// The password rules, live: the same rules as on the server, asked there.
for (const input of document.querySelectorAll("input[data-password-check]")) {
  const list = document.getElementById(input.dataset.reasons);
  let timer, turn = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      if (!input.value) { list.replaceChildren(); return; }
      const answer = await fetch(input.dataset.passwordCheck, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ password: input.value, token: input.dataset.token ?? null }),
      }).then((r) => (r.ok ? r.json() : null)).catch(() => null);
      if (mine !== turn || !answer) return;
      const line = (text, ok) => Object.assign(document.createElement("li"), { textContent: text, className: ok ? "ok" : "" });
      list.replaceChildren(...(answer.ok ? [line(list.dataset.good, true)] : answer.reasons.map((r) => line(r.sentence, false))));
    }, 250);
  });
}
for (const toggle of document.querySelectorAll("button[data-shows]")) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const inputs = toggle.dataset.shows.split(" ").map((id) => document.getElementById(id));
    const hidden = inputs[0].type === "password";
    for (const input of inputs) input.type = hidden ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(hidden));
  });
}

// Search as you type: the same address as without a script, of which the answer's region is taken into this page.
for (const form of document.querySelectorAll("form[data-live]")) {
  const region = document.querySelector(form.dataset.live);
  let timer, asking;
  const look = async () => {
    clearTimeout(timer);
    asking?.abort();
    const mine = (asking = new AbortController());
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" }, signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(form.dataset.live);
      // Signed out meanwhile, or refused: the browser goes there and shows it.
      if (!fresh) { location.assign(address); return; }
      region.replaceChildren(...document.adoptNode(fresh).childNodes);
      document.title = page.title;
      history.replaceState(history.state, "", address);
    } catch (fault) {
      if (fault.name !== "AbortError") form.dataset.offline = "yes";
    } finally {
      if (mine === asking) region.removeAttribute("aria-busy");
    }
  };
  const soon = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, 200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("compositionend", soon);
  form.addEventListener("submit", (event) => {
    // Without a connection the browser says so itself.
    if (form.dataset.offline) { delete form.dataset.offline; return; }
    event.preventDefault();
    look();
  });
}

// A page that waits for something looks again by itself.
async function lookAgain() {
  const main = document.querySelector("main[data-refresh]");
  if (!main) return;
  if (document.visibilityState === "visible" && !main.contains(document.activeElement?.closest("form"))) {
    const html = await fetch(location.href, { headers: { accept: "text/html" } }).then((r) => (r.ok ? r.text() : null)).catch(() => null);
    const fresh = html && new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (fresh && fresh.innerHTML !== main.innerHTML) main.replaceWith(document.adoptNode(fresh));
  }
  setTimeout(lookAgain, 2000);
}
setTimeout(lookAgain, 1000);

// A representative of many people ticks them all at once; nothing is sent by it.
for (const button of document.querySelectorAll("button[data-all-here]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const input of button.form.querySelectorAll('input[type="radio"][value="Here"]'))
      if (!button.form.querySelector(`input[name="${CSS.escape(input.name)}"]:checked`)) input.checked = true;
  });
}

// Steps of a list are dragged to their place; the buttons beside them do the same without a script.
for (const list of document.querySelectorAll("[data-arrange]")) {
  const form = document.getElementById(list.dataset.arrange);
  const ids = () => [...list.children].map((item) => item.dataset.id).join(" ");
  const before = ids();
  let lifted;
  for (const hint of document.querySelectorAll("[data-drag-hint]")) hint.hidden = false;
  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    lifted = event.target.closest("[data-id]");
    event.dataTransfer.effectAllowed = "move";
    lifted.classList.add("lifted");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-id]");
    if (!lifted || !over) return;
    event.preventDefault();
    if (over === lifted) return;
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? "before" : "after"](lifted);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    lifted.classList.remove("lifted");
    form.elements.order.value = ids();
    form.elements.moved.value = lifted.dataset.id;
    if (ids() !== before) form.requestSubmit();
    lifted = null;
  });
}
