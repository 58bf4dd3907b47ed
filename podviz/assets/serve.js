"use strict";
(() => {
  const WORDS = {
    gallery: { ko: "모두 보기", en: "All figures" },
    view: { ko: "보기", en: "View" },
    auto: { ko: "자동", en: "automatic" },
    findings: { ko: "진단", en: "Findings" },
    source: { ko: "원본", en: "Source" },
    none: { ko: "지적할 것이 없습니다", en: "Nothing found" },
    stale: { ko: "지금은 그릴 수 없어 마지막 그림을 보여 줍니다", en: "It cannot be drawn now: this is the last picture" },
    never: { ko: "아직 그릴 수 없습니다", en: "It cannot be drawn yet" },
    lost: { ko: "podviz와 연결이 끊겼습니다", en: "The connection to podviz is lost" },
    gone: { ko: "입력이 사라졌습니다", en: "The input is gone" },
  };
  const VIEWS = ["", "pods", "nodes", "owners", "network", "cluster", "overview"];
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const state = {
    lang: navigator.language.startsWith("ko") ? "ko" : "en",
    theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    view: "", inputs: [], errors: [], input: null, version: "", asked: 0,
    x: 0, y: 0, zoom: 1,
  };
  const say = (word) => WORDS[word][state.lang];
  const make = (tag, words = "", ...classes) => {
    const element = document.createElement(tag);
    element.textContent = words;
    element.classList.add(...classes);
    return element;
  };
  const looks = () => `lang=${state.lang}&theme=${state.theme}&view=${state.view}`;

  async function ask(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // ── all figures ────────────────────────────────────────────────────────────────────────
  function gallery() {
    const old = new Map([...at("gallery").querySelectorAll("a")].map((a) => [a.dataset.id, a]));
    const cards = state.inputs.map((input) => {
      const card = old.get(input.id) || make("a");
      const address = `/svg?input=${input.id}&figure=0&${looks()}&version=${input.version}`;
      if (card.dataset.address === address) return card;
      const image = document.createElement("img");
      image.alt = input.name;
      image.loading = "lazy";
      image.src = address;
      card.dataset.id = input.id;
      card.dataset.address = address;
      card.href = `#${input.id}`;
      card.replaceChildren(image, make("span", input.name));
      return card;
    });
    at("gallery").replaceChildren(...state.errors.map((error) => make("p", error)), ...cards);
  }

  // ── one input ──────────────────────────────────────────────────────────────────────────
  const number = (group) => Number(group.id.split(".").pop());

  function light(wanted) {
    document.querySelectorAll("#paper svg").forEach((svg) => {
      svg.classList.toggle("lit", wanted !== null);
      svg.querySelectorAll(".pin, .finding").forEach((group) => {
        group.classList.toggle("lit", wanted !== null && group.id !== "" && number(group) === wanted);
      });
    });
    document.querySelectorAll("#findings li, #source .flawed").forEach((element) => {
      element.classList.toggle("lit", wanted !== null && Number(element.dataset.number) === wanted);
    });
  }

  function lights(element, wanted) {
    for (const on of ["mouseenter", "focus"]) element.addEventListener(on, () => light(wanted));
    for (const off of ["mouseleave", "blur"]) element.addEventListener(off, () => light(null));
  }

  function paper(shown) {
    const figures = shown.figures.map((figure) => {
      const holder = document.createElement("div");
      holder.innerHTML = figure.svg;
      const svg = holder.firstElementChild;
      svg.classList.toggle("old", shown.stale);
      svg.querySelectorAll(".pin, .finding").forEach((group) => {
        if (group.id) lights(group, number(group));
      });
      return holder;
    });
    at("paper").replaceChildren(...figures);
    at("paper").dataset.version = shown.version;
    at("stale").hidden = !shown.stale && figures.length > 0;
    at("stale").textContent = shown.stale ? say("stale") : say("never");
  }

  function findings(shown) {
    const told = shown.findings.map((finding) => {
      const item = make("li", "", finding.severity);
      item.tabIndex = 0;
      if (finding.number) item.dataset.number = finding.number;
      item.append(
        make("b", `${finding.number ? `${finding.number} · ` : ""}${finding.code}`),
        finding.message[state.lang],
        make("small", `${finding.file}:${finding.line}`),
      );
      if (finding.help) item.append(make("small", `→ ${finding.help[state.lang]}`));
      if (finding.number) lights(item, finding.number);
      item.addEventListener("click", () => {
        const line = at("source").querySelector(`[data-place="${CSS.escape(`${finding.file}:${finding.line}`)}"]`);
        line?.scrollIntoView({ block: "center" });
      });
      return item;
    });
    const errors = shown.errors.map((error) => make("li", error, "error"));
    const all = [...errors, ...told];
    at("findings").replaceChildren(...(all.length ? all : [make("li", say("none"))]));
  }

  function source(shown) {
    const parts = shown.files.flatMap((file) => {
      const lines = file.text.split(/\r\n|\n|\r/).map((text, n) => {
        const flaws = shown.findings.filter((f) => f.file === file.name && f.line === n + 1);
        const line = make("div");
        line.append(make("i", String(n + 1)), make("code", text));
        line.dataset.place = `${file.name}:${n + 1}`;
        if (!flaws.length) return [line];
        line.classList.add("flawed");
        if (flaws[0].number) {
          line.dataset.number = flaws[0].number;
          lights(line, flaws[0].number);
        }
        return [line, ...flaws.map((f) => make("div", `▲ ${f.code} ${f.message[state.lang]}`, "told"))];
      });
      return [make("h3", file.name), ...lines.flat()];
    });
    const top = at("source").scrollTop;
    at("source").replaceChildren(...parts);
    at("source").scrollTop = top;
  }

  async function detail(fresh) {
    const turn = ++state.asked;
    const id = state.input;
    const known = state.inputs.find((input) => input.id === id);
    at("where").textContent = known ? known.name : say("gone");
    if (!known) return;
    const shown = await ask(`/show?input=${id}&${looks()}`);
    if (turn !== state.asked || id !== state.input) return;
    paper(shown);
    findings(shown);
    source(shown);
    if (fresh) fit();
  }

  // ── zoom and pan ───────────────────────────────────────────────────────────────────────
  function place() {
    at("paper").style.transform = `translate(${state.x}px,${state.y}px) scale(${state.zoom})`;
  }

  function fit() {
    const stage = at("stage").getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = at("paper");
    if (!wide || !high) return;
    const first = at("paper").firstElementChild;
    state.zoom = Math.min((stage.width - 32) / wide, (stage.height - 32) / first.offsetHeight, 2);
    state.x = (stage.width - wide * state.zoom) / 2;
    state.y = Math.max(16, (stage.height - high * state.zoom) / 2);
    place();
  }

  function zoom(factor, x, y) {
    const stage = at("stage").getBoundingClientRect();
    const [cx, cy] = [(x ?? stage.left + stage.width / 2) - stage.left, (y ?? stage.top + stage.height / 2) - stage.top];
    const next = Math.min(Math.max(state.zoom * factor, 0.05), 12);
    state.x = cx - (cx - state.x) * next / state.zoom;
    state.y = cy - (cy - state.y) * next / state.zoom;
    state.zoom = next;
    place();
  }

  at("stage").addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
  }, { passive: false });
  at("stage").addEventListener("pointerdown", (event) => {
    at("stage").setPointerCapture(event.pointerId);
    at("stage").classList.add("held");
  });
  at("stage").addEventListener("pointermove", (event) => {
    if (!at("stage").classList.contains("held")) return;
    state.x += event.movementX;
    state.y += event.movementY;
    place();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    at("stage").addEventListener(end, () => at("stage").classList.remove("held"));
  }

  // ── what is shown ──────────────────────────────────────────────────────────────────────
  async function show(fresh) {
    root.lang = state.lang;
    root.dataset.theme = state.theme;
    document.querySelectorAll("[data-say]").forEach((e) => { e.textContent = say(e.dataset.say); });
    document.querySelectorAll("[data-lang]").forEach((b) => b.setAttribute("aria-pressed", b.dataset.lang === state.lang));
    document.querySelectorAll("[data-theme-of]").forEach((b) => b.setAttribute("aria-pressed", b.dataset.themeOf === state.theme));
    at("view").replaceChildren(...VIEWS.map((view) => new Option(view || say("auto"), view, false, view === state.view)));
    at("gallery").hidden = state.input !== null;
    at("detail").hidden = state.input === null;
    if (state.input === null) {
      at("where").textContent = "podviz";
      gallery();
    } else await detail(fresh);
  }

  async function look() {
    const known = await ask("/inputs");
    state.inputs = known.inputs;
    state.errors = known.errors;
  }

  function route() {
    state.input = location.hash.slice(1) || null;
    return show(true);
  }

  function turn(step) {
    if (state.input === null || !state.inputs.length) return;
    const here = state.inputs.findIndex((input) => input.id === state.input);
    const next = (here + step + state.inputs.length) % state.inputs.length;
    location.hash = state.inputs[next].id;
  }

  const home = () => { location.hash = ""; };
  const speak = (lang) => { state.lang = lang; show(false); };
  const paint = (theme) => { state.theme = theme; show(false); };
  at("home").addEventListener("click", home);
  at("in").addEventListener("click", () => zoom(1.25));
  at("out").addEventListener("click", () => zoom(0.8));
  at("fit").addEventListener("click", fit);
  at("view").addEventListener("change", () => { state.view = at("view").value; show(true); });
  document.querySelectorAll("[data-lang]").forEach((b) => b.addEventListener("click", () => speak(b.dataset.lang)));
  document.querySelectorAll("[data-theme-of]").forEach((b) => b.addEventListener("click", () => paint(b.dataset.themeOf)));
  const keys = {
    Escape: home, ArrowRight: () => turn(1), ArrowLeft: () => turn(-1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit,
    l: () => speak(state.lang === "ko" ? "en" : "ko"),
    d: () => paint(state.theme === "dark" ? "light" : "dark"),
    v: () => { state.view = VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length]; show(true); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener("hashchange", route);
  addEventListener("resize", () => state.input !== null && fit());

  const events = new EventSource("/events");
  let begun = false;
  events.onmessage = async (event) => {
    at("lost").hidden = true;
    const changed = JSON.parse(event.data);
    if (state.input !== null && changed.includes(state.input)) {
      const [, known] = await Promise.all([detail(false), ask("/inputs")]);
      state.inputs = known.inputs;
      state.errors = known.errors;
      at("where").textContent = state.inputs.some((i) => i.id === state.input) ? at("where").textContent : say("gone");
      return;
    }
    await look();
    if (!begun || state.input === null) await (begun ? show(false) : route());
    begun = true;
  };
  events.onerror = () => { at("lost").hidden = false; };
})();
