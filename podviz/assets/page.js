"use strict";
(() => {
  const root = document.documentElement;
  const sections = [...document.querySelectorAll("section")];
  const links = [...document.querySelectorAll("nav a")];
  const where = document.getElementById("where");
  const help = document.getElementById("help");
  const langs = root.dataset.langs.split(" ");
  const state = { turn: 0, step: 0, zoom: 1 };

  const steps = (turn) => Number(sections[turn].dataset.steps);
  const clamp = (n, low, high) => Math.min(Math.max(n, low), high);

  function show() {
    sections.forEach((section, turn) => {
      const shown = turn === state.turn;
      section.classList.toggle("shown", shown);
      section.querySelectorAll(".step").forEach((step) => {
        step.classList.toggle("now", shown && Number(step.dataset.step) === state.step + 1);
      });
      section.querySelectorAll(".dots i").forEach((dot, k) => {
        dot.classList.toggle("now", k === state.step);
      });
    });
    links.forEach((link, turn) => {
      link.setAttribute("aria-current", turn === state.turn);
      if (turn === state.turn) link.scrollIntoView({ block: "nearest" });
    });
    const title = [...links[state.turn].querySelectorAll(".said")].find((e) => e.lang === root.lang)
      || links[state.turn].querySelector(".said");
    const step = steps(state.turn) > 1 ? ` · ${state.step + 1}/${steps(state.turn)}` : "";
    where.textContent = `${state.turn + 1}. ${title ? title.textContent : ""}${step}`;
    document.title = title ? title.textContent : document.title;
    fit();
    history.replaceState(null, "", `#${state.turn + 1}${state.step ? `.${state.step + 1}` : ""}`);
  }

  function fit() {
    const section = sections[state.turn];
    const svg = [...section.querySelectorAll(".step.now svg")].find((e) => e.getClientRects().length);
    const stage = document.getElementById("stage");
    const box = (svg || section.querySelector("svg")).viewBox.baseVal;
    const rest = [...section.children].filter((e) => !e.classList.contains("figure"));
    const used = rest.reduce((sum, e) => sum + (e.offsetHeight ? e.offsetHeight + 12 : 0), 0);
    const style = getComputedStyle(section);
    const wide = stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const high = stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom) - used;
    const size = Math.min(wide, Math.max(high, 240) * box.width / box.height);
    root.style.setProperty("--fit", `${Math.max(size, 280)}px`);
    root.style.setProperty("--zoom", state.zoom);
  }

  function go(turn, step) {
    state.turn = clamp(turn, 0, sections.length - 1);
    state.step = clamp(step, 0, steps(state.turn) - 1);
    show();
  }

  function asked() {  // #FIGURE.STEP
    const [turn, step] = location.hash.slice(1).split(".").map(Number);
    return [(turn || 1) - 1, (step || 1) - 1];
  }

  function next() {
    if (state.step + 1 < steps(state.turn)) go(state.turn, state.step + 1);
    else if (state.turn + 1 < sections.length) go(state.turn + 1, 0);
  }

  function back() {
    if (state.step > 0) go(state.turn, state.step - 1);
    else if (state.turn > 0) go(state.turn - 1, steps(state.turn - 1) - 1);
  }

  function speak(lang) {
    root.lang = lang;
    document.querySelectorAll("[data-lang]").forEach((button) => {
      button.setAttribute("aria-pressed", button.dataset.lang === lang);
    });
    show();
  }

  function zoom(factor) {
    state.zoom = factor ? clamp(state.zoom * factor, 0.25, 8) : 1;
    fit();
  }

  const actions = {
    next, back,
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    dark: () => { root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; },
    notes: () => { root.classList.toggle("noted"); fit(); },
    full: () => {
      root.classList.toggle("full");
      if (root.classList.contains("full")) root.requestFullscreen?.().catch(() => {});
      else if (document.fullscreenElement) document.exitFullscreen();
      setTimeout(fit, 60);
    },
    help: () => { if (help.open) help.close(); else help.showModal(); },
  };

  const keys = {
    ArrowRight: next, PageDown: next, " ": next, ArrowLeft: back, PageUp: back,
    Home: () => go(0, 0),
    End: () => go(sections.length - 1, 0),
    "+": actions.in, "=": actions.in, "-": actions.out, 0: () => zoom(0),
    d: actions.dark, n: actions.notes, f: actions.full, "?": actions.help,
    l: () => speak(langs[(langs.indexOf(root.lang) + 1) % langs.length]),
    Escape: () => { if (root.classList.contains("full")) actions.full(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target.closest("button, summary, a");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const act = keys[event.key];
    if (!act || (help.open && event.key !== "?")) return;  // Escape closes a dialog by itself
    event.preventDefault();
    act();
  });
  document.querySelectorAll("[data-do]").forEach((button) => {
    button.addEventListener("click", () => actions[button.dataset.do]());
  });
  document.querySelectorAll("[data-lang]").forEach((button) => {
    button.addEventListener("click", () => speak(button.dataset.lang));
  });
  links.forEach((link, turn) => link.addEventListener("click", (event) => {
    event.preventDefault();
    go(turn, 0);
  }));
  addEventListener("resize", fit);
  addEventListener("hashchange", () => go(...asked()));

  // On paper every figure stands whole and light, whatever the screen shows.
  let screen = null;
  addEventListener("beforeprint", () => { screen = root.dataset.theme; root.dataset.theme = "light"; });
  addEventListener("afterprint", () => { root.dataset.theme = screen; });

  // A finding and the pins that bear its number light up together.
  const number = (group) => group.id.split(".").pop();
  function light(svg, wanted) {
    svg.classList.toggle("lit", wanted !== null);
    svg.querySelectorAll(".pin, .finding").forEach((group) => {
      group.classList.toggle("lit", wanted !== null && group.id !== "" && number(group) === wanted);
    });
  }
  document.querySelectorAll("svg .finding, svg .pin").forEach((group) => {
    if (!group.id) return;
    const svg = group.ownerSVGElement;
    if (group.classList.contains("finding")) group.setAttribute("tabindex", "0");
    for (const on of ["mouseenter", "focus"]) group.addEventListener(on, () => light(svg, number(group)));
    for (const off of ["mouseleave", "blur"]) group.addEventListener(off, () => light(svg, null));
  });

  document.querySelectorAll(".step").forEach((step) => {
    const others = step.parentElement.querySelectorAll(`.step:not([lang="${step.lang}"])`);
    if (!others.length) step.classList.add("only");
  });
  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  go(...asked());
  speak(langs.includes(root.lang) ? root.lang : langs[0]);
})();
