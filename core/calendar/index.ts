export { type BusinessCalendar, createBusinessCalendar } from "./business.ts";
