/** The desk alone. */
import { createDesk } from "./desk.js";
import { loadAbout, showFatal, startShell } from "./shell.js";

try {
  const about = await loadAbout();
  startShell();
  createDesk(document.querySelector("#panel-desk"), { about });
} catch (error) {
  console.error(error);
  showFatal(error, document.querySelector("main"));
}
