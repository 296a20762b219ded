// The form of a point on a route: a click on the map asks the portal where it lies and sets degrees and community.

const holder = document.querySelector("[data-where]");
const map = holder?.querySelector("[data-map]");
const told = holder?.querySelector("[data-told]");
const { longitude, latitude, community } = document.querySelector("form.form-columns").elements;
let asked = 0;

// The answer to an older question is dropped when a newer one was asked.
map?.addEventListener("map:pick", async (event) => {
  const mine = ++asked;
  try {
    const answer = await fetch(`${holder.dataset.where}?${new URLSearchParams(event.detail)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const body = await answer.json();
    if (mine === asked) put(body);
  } catch {
    if (mine === asked) told.textContent = holder.dataset.failed;
  }
});

function put(body) {
  longitude.value = body.longitude;
  latitude.value = body.latitude;
  if (body.community) community.value = body.community;
  told.textContent = body.sentence;
  map.dispatchEvent(new CustomEvent("map:pin", { detail: { x: body.x, y: body.y } }));
  latitude.dispatchEvent(new Event("change", { bubbles: true }));
}
