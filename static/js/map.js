// Maps: [data-map="id of a JSON drawing"] becomes a map of vectors, with tiles under them when the drawing names some.
// With data-map-picks a click, or Enter on the map for its middle, chooses a point: the element then sends the event
// map:pick {x, y}, and map:spot {id} for a key place. It takes map:pin {x, y} (or null) and map:mark {id of an area}.
// Once drawn it sends map:drawn {map, areas by id}; an area that `asks` takes clicks from whoever listens to it.
// Coordinates are those of the tiles; the portal converts them.

const L = window.L;
const WHOLE_COUNTRY = [[35, 105], 4];
const CLOSEST = 17;
const FEW_NAMES = 40;
const turned = ([x, y]) => [y, x];

document.querySelectorAll("[data-map]").forEach(draw);

function draw(element) {
  const drawing = JSON.parse(document.getElementById(element.dataset.map).textContent);
  const picks = element.hasAttribute("data-map-picks");
  const map = L.map(element, { zoomControl: false, attributionControl: false, scrollWheelZoom: false });
  L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
  for (const [name, order] of [["names", 450], ["spots", 500]]) map.createPane(name).style.zIndex = order; // under the pin
  look(map, drawing); // first of all: Leaflet draws nothing before it knows where it looks
  if (drawing.tiles) addTiles(map, drawing.tiles);
  const areas = new Map(drawing.areas.map((area) => [area.id, addArea(map, area, picks, drawing.areas.length)]));
  drawing.spots.forEach((spot) => addSpot(map, spot, picks, element));
  drawing.cases.forEach((one) => addCase(map, one));
  const pin = newPin(map, picks, element);
  if (drawing.pin) pin.put(drawing.pin);
  // The wheel scrolls the page until the map is in use.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (picks) listen(map, element);
  map.on("zoomend moveend", () => thin(element));
  requestAnimationFrame(() => thin(element)); // the names have found their places
  element.addEventListener("map:pin", (event) => pin.put(event.detail && [event.detail.x, event.detail.y]));
  element.addEventListener("map:mark", (event) => mark(map, areas, event.detail.id));
  send(element, "map:drawn", { map, areas });
}

// A browser puts what has a name to show on focus into the tab order; everything drawn is in the page's fields and
// lists as well, so the map is one stop.
function leaveOut(layer) {
  layer.getElement?.()?.setAttribute("tabindex", "-1");
}

// Of names that would lie on each other the first is shown; closer by, all are.
function thin(element) {
  const shown = [];
  for (const name of element.querySelectorAll(".map-name")) {
    const one = name.getBoundingClientRect();
    const isFree = shown.every((two) => one.right < two.left || two.right < one.left || one.bottom < two.top || two.bottom < one.top);
    name.style.visibility = isFree ? "" : "hidden";
    if (isFree) shown.push(one);
  }
}

function send(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { detail }));
}

function addTiles(map, tiles) {
  L.tileLayer(tiles.url, { subdomains: "01234567", maxZoom: 18 }).addTo(map);
  if (!tiles.attribution) return;
  const text = document.createElement("span");
  text.textContent = tiles.attribution;
  L.control.attribution({ prefix: false }).addAttribution(text.innerHTML).addTo(map);
}

function addArea(map, area, picks, count) {
  const layer = L.geoJSON(area.shape, {
    interactive: !picks && Boolean(area.url || area.asks),
    className: `map-area ${area.tone ? `is-${area.tone}` : ""}`,
  }).addTo(map);
  const name = document.createElement("span");
  name.textContent = area.name;
  const isAlways = picks || count <= FEW_NAMES;
  layer.bindTooltip(name, { permanent: isAlways, direction: "center", className: "map-name", pane: "names", interactive: false });
  if (!picks && area.url) layer.on("click", () => window.location.assign(area.url));
  layer.eachLayer(leaveOut);
  return layer;
}

function dot(map, at, text, className, radius) {
  const name = document.createElement("span");
  name.textContent = text;
  const layer = L.circleMarker(turned(at), { pane: "spots", radius, className, bubblingMouseEvents: false });
  layer.bindTooltip(name).addTo(map);
  leaveOut(layer);
  return layer;
}

function addSpot(map, spot, picks, element) {
  const layer = dot(map, spot.at, spot.name, "map-spot", 6);
  if (picks) layer.on("click", () => send(element, "map:spot", { id: spot.id }));
}

function addCase(map, one) {
  const layer = dot(map, one.at, one.name, `map-case is-${one.tone}`, 7);
  if (one.url) layer.on("click", () => window.location.assign(one.url));
}

function newPin(map, picks, element) {
  const icon = L.divIcon({ className: "map-pin", iconSize: [26, 26], iconAnchor: [13, 26] });
  const marker = L.marker([0, 0], { icon, draggable: picks, keyboard: false, interactive: picks, alt: "" });
  marker.on("dragend", () => pick(element, marker.getLatLng()));
  return {
    put(at) {
      if (!at) {
        marker.remove();
        return;
      }
      marker.setLatLng(turned(at)).addTo(map);
      if (!map.getBounds().contains(turned(at))) map.panTo(turned(at), { animate: false });
    },
  };
}

function look(map, drawing) {
  const bounds = L.latLngBounds([]);
  const own = drawing.areas.filter((area) => area.tone === "own");
  const shown = own.length ? own : drawing.areas;
  shown.forEach((area) => bounds.extend(L.geoJSON(area.shape).getBounds()));
  if (!shown.length) [...drawing.spots, ...drawing.cases].forEach((one) => bounds.extend(turned(one.at)));
  if (drawing.pin) bounds.extend(turned(drawing.pin));
  if (bounds.isValid()) map.fitBounds(bounds, { maxZoom: CLOSEST, padding: [8, 8], animate: false });
  else map.setView(...WHOLE_COUNTRY);
}

function pick(element, at) {
  send(element, "map:pick", { x: at.lng, y: at.lat });
}

function listen(map, element) {
  map.on("click", (event) => pick(element, event.latlng));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== element) return;
    event.preventDefault();
    pick(element, map.getCenter());
  });
}

function mark(map, areas, id) {
  areas.forEach((layer, key) => {
    layer.eachLayer((part) => part.getElement()?.classList.toggle("is-own", key === id));
  });
  const own = areas.get(id);
  if (own && !map.getBounds().intersects(own.getBounds())) map.fitBounds(own.getBounds(), { animate: false });
}
