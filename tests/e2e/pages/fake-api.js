// The LMS's side of the SCORM API: it passes every call to the fake on the server and answers what that says.
// The server keeps the rules; here is only what has to be synchronous and in the window.
(() => {
  const { calls, standard, arrives } = document.currentScript.dataset;
  const common = ["GetLastError", "GetErrorString", "GetDiagnostic"];
  const [name, methods] =
    standard === "scorm12"
      ? ["API", ["Initialize", "Finish", "GetValue", "SetValue", "Commit", ...common].map((verb) => `LMS${verb}`)]
      : ["API_1484_11", ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", ...common]];
  let sequence = 0;

  function call(method, args) {
    // A missing or undefined argument becomes null, which the server tells from a string.
    const body = JSON.stringify({ sequence: sequence++, method, arguments: args });
    const request = new XMLHttpRequest();
    try {
      request.open("POST", calls, false);
      request.send(body);
    } catch {
      // Browsers refuse to wait for an answer while a window closes; LMSs use a beacon then, and so do we.
      navigator.sendBeacon(calls, body);
      return "";
    }
    const { answer, thrown } = JSON.parse(request.responseText);
    if (thrown) throw new Error("the LMS's window has gone");
    return answer;
  }

  const provide = () => {
    window[name] = Object.fromEntries(methods.map((method) => [method, (...args) => call(method, args)]));
  };
  if (arrives === "at once") provide();
  if (arrives === "late") setTimeout(provide, 1200);
})();
