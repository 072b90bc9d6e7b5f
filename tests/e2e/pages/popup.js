// Opens the course in a window of its own, as the Learning Hub does, at the smallest size it allows.
const launch = document.querySelector("button[data-course]");
launch.addEventListener("click", () => {
  window.open(launch.dataset.course, "course", "width=640,height=480,resizable=yes,scrollbars=yes");
});
