// data-position on a form: before it is sent, the device is asked where it is; a person who does not allow that, or a
// device that does not know within eight seconds, sends it without.

document.querySelectorAll("form[data-position]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.position === "asked" || !navigator.geolocation) return;
    event.preventDefault();
    form.dataset.position = "asked";
    const send = () => form.requestSubmit(event.submitter); // with what the pressed button says
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.longitude.value = coords.longitude;
        form.elements.latitude.value = coords.latitude;
        form.elements.accuracy_m.value = coords.accuracy;
        send();
      },
      send,
      { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 },
    );
  });
});
