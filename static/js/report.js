// The public form: locating and the map ask the portal where a point lies, and set degrees and community.
const form = document.getElementById("report-form");
const holder = form.querySelector("[data-where]");
const told = holder.querySelector("[data-told]");
const map = holder.querySelector("[data-map]");
const details = holder.querySelector("[data-map-details]");
const locate = holder.querySelector("[data-locate]");
const { longitude, latitude, community } = form.elements;
let asked = 0;

// The answer to an older question is dropped when a newer one was asked.
async function where(point) {
  const mine = ++asked;
  try {
    const answer = await fetch(`${holder.dataset.where}?${new URLSearchParams(point)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const body = await answer.json();
    if (mine === asked) put(body);
  } catch {
    if (mine === asked) told.textContent = holder.dataset.failed;
  }
}

function put(body) {
  longitude.value = body.longitude;
  latitude.value = body.latitude;
  if (body.community) community.value = body.community;
  told.textContent = body.sentence;
  map?.dispatchEvent(new CustomEvent("map:pin", { detail: { x: body.x, y: body.y } }));
  latitude.dispatchEvent(new Event("change", { bubbles: true }));
}

if (navigator.geolocation) {
  locate.hidden = false;
  locate.addEventListener("click", () => {
    told.textContent = holder.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => where({ longitude: coords.longitude.toFixed(7), latitude: coords.latitude.toFixed(7) }),
      () => (told.textContent = holder.dataset.failed),
      { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 },
    );
  });
}
if (details) {
  details.hidden = false;
  details.addEventListener("toggle", () => window.dispatchEvent(new Event("resize")));
  map.addEventListener("map:pick", (event) => where(event.detail));
}
// A community chosen by hand in which the point does not lie: the hand is right, the point is dropped.
community.addEventListener("change", (event) => {
  if (!event.isTrusted) return;
  longitude.value = latitude.value = "";
  told.textContent = "";
  map?.dispatchEvent(new CustomEvent("map:pin", { detail: null }));
});
