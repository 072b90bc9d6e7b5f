// Puts scorm-again in the window where the package looks for its LMS, with what was committed before.
// Every call that ends in an error is reported, since scorm-again only logs it.
(() => {
  const { commits, complaints, standard } = document.currentScript.dataset;
  const stored = JSON.parse(document.getElementById("stored").textContent);
  const settings = { lmsCommitUrl: commits, dataCommitFormat: "flattened", autocommit: false, logLevel: 5 };
  const [name, lms, prefix] =
    standard === "scorm12"
      ? ["API", new window.Scorm12API(settings), "LMS"]
      : ["API_1484_11", new window.Scorm2004API(settings), ""];
  lms.loadFromFlattenedJSON(stored);

  // While a window closes the browser refuses the request of a commit; the last word goes out by beacon.
  let closing = false;
  window.addEventListener("pagehide", () => (closing = true));

  const verbs = ["Initialize", prefix ? "Finish" : "Terminate", "GetValue", "SetValue", "Commit"];
  const quiet = ["GetLastError", "GetErrorString", "GetDiagnostic"];
  const passed = (method, watched) => (...args) => {
    const answer = lms[method](...args);
    const error = lms[`${prefix}GetLastError`]();
    // 403 says that a value has not been set yet, which is no fault of the content.
    if (watched && !closing && !["0", "403"].includes(String(error))) {
      navigator.sendBeacon(complaints, `${method}(${args.join(", ")}): ${error}`);
    }
    return answer;
  };
  window[name] = Object.fromEntries([
    ...verbs.map((verb) => [prefix + verb, passed(prefix + verb, true)]),
    ...quiet.map((verb) => [prefix + verb, passed(prefix + verb, false)]),
  ]);
})();
