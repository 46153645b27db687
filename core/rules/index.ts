export { explainFired, type Fired, fire } from "./evaluate.ts";
