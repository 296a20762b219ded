// The map of figures, on top of map.js, which sends map:drawn: shades and what a click on a community tells come with the
// page (#map-figures-told), the cases as circles from the address that stands there. The month reloads both.

const DEEPEST = 18;
const WAIT_MS = 200;
const element = document.getElementById("figures-map");
const tools = document.getElementById("map-tools");
const words = tools?.dataset ?? {};
const status = document.getElementById("map-told");

element?.addEventListener("map:drawn", ({ detail }) => start(detail.map, detail.areas), { once: true });

function start(map, areas) {
  const L = window.L;
  const points = newPoints(L, map, areas.size === 0);
  let told = read();
  map.setMaxZoom(DEEPEST);
  const show = () => {
    told = read();
    shade(areas, told.shades);
    points.ask(told);
  };
  areas.forEach((layer, id) => {
    layer.on("click", (event) => popup(L, map, event.latlng, community(told.shades[id])));
  });
  map.on("moveend", () => points.ask(told));
  tools.hidden = false;
  tools.querySelectorAll("[name=layer]").forEach((one) => one.addEventListener("change", () => points.draw()));
  months(show);
  show();
}

function read() {
  return JSON.parse(document.getElementById("map-figures-told").textContent);
}

function shade(areas, shades) {
  areas.forEach((layer, id) => layer.eachLayer((part) => {
    const path = part.getElement();
    if (!path) return;
    [...path.classList].filter((name) => name.startsWith("is-class-")).forEach((name) => path.classList.remove(name));
    path.classList.add(`is-${shades[id]?.tone ?? "class-0"}`);
  }));
}

// What is told of a community or of cases

function tag(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function link(text, url) {
  if (!url) return tag("span", text);
  const made = tag("a", text);
  made.href = url;
  return made;
}

function popup(L, map, at, content) {
  const box = tag("div", "", ...content);
  box.className = "map-popup";
  L.popup({ minWidth: 240, maxWidth: 320 }).setLatLng(at).setContent(box).openOn(map);
}

function community(shade) {
  if (!shade) return [];
  const parts = shade.parts.flatMap(([text, url], place) => (place ? [" ÷ ", link(text, url)] : [link(text, url)]));
  const lines = [tag("strong", shade.name), tag("p", `${shade.value} · ${shade.word}`), tag("p", "", ...parts)];
  return shade.url ? [...lines, link(words.page, shade.url)] : lines;
}

function listed(answer) {
  const rows = answer.features.map(({ properties: one }) =>
    tag("li", "", link(one.number, one.url), ` ${[one.category, one.state].filter(Boolean).join(" · ")}`));
  const list = tag("ul", "", ...rows);
  if (answer.count <= rows.length) return [list];
  return [tag("p", words.more.replace("%s", answer.count)), list];
}

// The cases as circles or as heat

function newPoints(L, map, isFirstLook) {
  const layer = L.layerGroup().addTo(map);
  const pane = map.createPane("heat");
  pane.style.zIndex = 440; // under the names
  let told, answer, waiting, asking;

  async function fetched(url) {
    asking?.abort();
    asking = new AbortController();
    try {
      const found = await fetch(url, { signal: asking.signal });
      if (!found.ok) throw new Error(found.status);
      return await found.json();
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = words.failed;
      return null;
    }
  }

  async function load() {
    const found = await fetched(`${told.points}&${box(map)}`);
    if (!found) return;
    answer = found;
    status.textContent = words.drawn.replace("%s", answer.count);
    draw();
    if (isFirstLook && answer.features.length) map.fitBounds(around(L, answer.features), { maxZoom: 16, animate: false });
    isFirstLook = false;
  }

  async function open(one) {
    const bounds = around(L, [one]);
    const isOnePlace = bounds.getSouthWest().equals(bounds.getNorthEast());
    if (!isOnePlace && one.properties.count > 1 && map.getZoom() < DEEPEST) {
      const zoom = Math.max(map.getZoom() + 1, Math.min(map.getBoundsZoom(bounds), DEEPEST));
      map.setView(bounds.getCenter(), zoom);
      return;
    }
    const found = await fetched(`${told.cases}&${new URLSearchParams({ cell: one.properties.cell })}`);
    if (found) popup(L, map, place(one), listed(found));
  }

  function draw() {
    layer.clearLayers();
    const kind = tools.querySelector("[name=layer]:checked").value;
    if (!answer || kind === "none") return;
    const most = Math.max(1, ...answer.features.map((one) => one.properties.count));
    answer.features.forEach((one) => layer.addLayer(kind === "heat" ? glow(L, one, most) : circle(L, one, most, open)));
  }

  return {
    draw,
    ask(now) {
      told = now;
      clearTimeout(waiting);
      waiting = setTimeout(load, WAIT_MS);
    },
  };
}

function place(one) {
  const [x, y] = one.geometry.coordinates;
  return [y, x];
}

function around(L, features) {
  const bounds = L.latLngBounds([]);
  features.forEach(({ bbox: [west, south, east, north] }) => bounds.extend([[south, west], [north, east]]));
  return bounds;
}

function box(map) {
  const within = (value, most) => Math.max(-most, Math.min(most, value));
  const [from, to] = [map.getBounds().getSouthWest(), map.getBounds().getNorthEast()];
  return new URLSearchParams({
    west: within(from.lng, 180),
    south: within(from.lat, 90),
    east: within(to.lng, 180),
    north: within(to.lat, 90),
    zoom: Math.min(Math.round(map.getZoom()), DEEPEST),
  });
}

function circle(L, one, most, open) {
  const { count } = one.properties;
  const size = Math.round(28 + 24 * Math.sqrt(count / most));
  const icon = L.divIcon({ className: "map-circle", html: String(Number(count)), iconSize: [size, size] });
  return L.marker(place(one), { icon, keyboard: false }).on("click", () => open(one));
}

function glow(L, one, most) {
  const share = Math.sqrt(one.properties.count / most);
  const look = { pane: "heat", className: "map-heat", interactive: false, radius: 18 + 26 * share, fillOpacity: 0.25 + 0.55 * share };
  return L.circleMarker(place(one), look);
}

// The month

function months(show) {
  const range = document.getElementById("map-month");
  const name = document.getElementById("map-month-name");
  const all = JSON.parse(document.getElementById("map-months").textContent);
  let waiting, asking;
  const tell = () => {
    name.textContent = all[range.value].label;
    range.setAttribute("aria-valuetext", all[range.value].label);
  };
  const turn = async () => {
    const { first, last } = all[range.value];
    const url = addressOf(first, last);
    asking?.abort();
    asking = new AbortController();
    try {
      const found = await fetch(url, { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (!found.ok) throw new Error(found.status);
      document.getElementById("map-figures").innerHTML = await found.text();
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = words.failed;
      return;
    }
    remember(url, first, last);
    show();
  };
  range.addEventListener("input", () => {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(turn, WAIT_MS);
  });
  if (!name.textContent) tell();
}

function addressOf(first, last) {
  const url = new URL(window.location.href);
  url.searchParams.delete("period");
  url.searchParams.set("first", first);
  url.searchParams.set("last", last);
  return url;
}

// The page's address, form and tabs say what is shown now.
function remember(url, first, last) {
  window.history.replaceState(null, "", url);
  const form = document.querySelector(".period-days");
  form.elements.first.value = first;
  form.elements.last.value = last;
  document.querySelectorAll(".period-bar [aria-current]").forEach((one) => one.removeAttribute("aria-current"));
}
