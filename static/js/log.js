// The form that logs a case: what the chosen condition means, who answers for the chosen community, and the point:
// a click on the map asks the portal where it lies and sets community and degrees; a key place sets them as well.
// The type-aheads are combobox.js, the map is map.js; here they meet the fields.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const form = document.querySelector("[data-log-form]");
const { matter, community, key_place: place, longitude, latitude } = form.elements;
const catalogue = new Map(read("log-catalogue").map((entry) => [entry.value, entry]));
const places = new Map(read("log-places").map((entry) => [entry.value, entry]));

// --- the filing condition -------------------------------------------------------------------------------
const standard = form.querySelector("[data-standard]");
const byHand = form.querySelector("[data-by-hand]");

function showStandard() {
  const entry = catalogue.get(matter.value);
  standard.hidden = !entry || !(entry.limit || entry.closing || entry.help);
  for (const cell of standard.querySelectorAll("[data-show]")) {
    cell.textContent = entry?.[cell.dataset.show] ?? "";
    cell.parentElement.hidden = !cell.textContent;
  }
  const wantsLimit = Boolean(entry) && !entry.limit;
  byHand.hidden = !wantsLimit && !byHand.querySelector(".has-error");
  if (entry?.limit) byHand.querySelectorAll("input, select").forEach((field) => (field.value = ""));
}

// --- who answers ----------------------------------------------------------------------------------------
const officer = form.querySelector("[data-officer]");
const officers = read("log-officers");

function showOfficer() {
  officer.hidden = !community.value;
  const name = officers[community.value];
  officer.textContent = name ? `${officer.dataset.label}: ${name}` : officer.dataset.vacant;
  officer.classList.toggle("is-vacant", !name);
}

// --- the map --------------------------------------------------------------------------------------------
const holder = form.querySelector("[data-where]");
const map = holder?.querySelector("[data-map]");
const told = holder?.querySelector("[data-told]");
let asked = 0;

function tell(name, detail) {
  map?.dispatchEvent(new CustomEvent(name, { detail }));
}

// Where a point lies; the answer to an older question is dropped when a newer one was asked.
async function where(point) {
  if (!holder) return;
  const mine = ++asked;
  try {
    const answer = await fetch(`${holder.dataset.where}?${new URLSearchParams(point)}`, { headers: { Accept: "application/json" } });
    const body = answer.status === 422 ? { sentence: await answer.text() } : await answer.json();
    if (mine !== asked) return;
    told.textContent = body.sentence ?? holder.dataset.failed;
    if (answer.ok) put(body);
  } catch {
    if (mine === asked) told.textContent = holder.dataset.failed;
  }
}

function put(body) {
  longitude.value = body.longitude;
  latitude.value = body.latitude;
  tell("map:pin", { x: body.x, y: body.y });
  if (body.community) {
    community.value = body.community;
    followCommunity();
  }
  latitude.dispatchEvent(new Event("change", { bubbles: true }));
}

map?.addEventListener("map:pick", (event) => where(event.detail));
map?.addEventListener("map:spot", (event) => {
  place.value = event.detail.id;
  place.dispatchEvent(new Event("change", { bubbles: true }));
});
for (const field of [longitude, latitude]) {
  field.addEventListener("change", (event) => {
    if (!event.isTrusted) return;
    if (longitude.value && latitude.value) where({ longitude: longitude.value, latitude: latitude.value });
    else tell("map:pin", null);
  });
}

// --- community and key place ----------------------------------------------------------------------------
function followCommunity() {
  place.dataset.only = community.value;
  if (community.value && place.value && places.get(place.value).group !== community.value) {
    place.value = "";
    place.dispatchEvent(new Event("change", { bubbles: true }));
  }
  showOfficer();
  tell("map:mark", { id: community.value });
}

function followPlace() {
  const entry = places.get(place.value);
  if (!entry) return;
  community.value = entry.group;
  followCommunity();
  if (entry.longitude) where({ longitude: entry.longitude, latitude: entry.latitude });
}

matter.addEventListener("change", showStandard);
community.addEventListener("change", followCommunity);
place.addEventListener("change", followPlace);

showStandard();
followCommunity();
if (!form.querySelector("[data-focus]") && !matter.value) document.getElementById("find-matter").focus();
