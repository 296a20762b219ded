// data-locate on a form with the fields longitude and latitude: shown where a device can tell where it is, sent once it
// has told. The position goes into the question and is kept nowhere.

document.querySelectorAll("form[data-locate]").forEach((form) => {
  if (!navigator.geolocation) return;
  const said = form.querySelector("[data-locate-said]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.longitude.value = coords.longitude.toFixed(5);
        form.elements.latitude.value = coords.latitude.toFixed(5);
        form.submit();
      },
      () => {
        said.textContent = said.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 },
    );
  });
});
