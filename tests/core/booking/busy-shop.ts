/** A shop where everything is short: three technicians, two lifts, one driver, one loan car. */
import { createBusinessModel } from "../../../core/profile/model.ts";
import { service, technician, tinyProfile } from "../../support/profile.ts";

const name = { "zh-CN": "x", "zh-TW": "x", en: "x" };

export const BUSY_SHOP = createBusinessModel({
  ...tinyProfile({
    services: [
      service("short", { minutes: 30 }),
      service("long", { minutes: 120, needs: ["lift"] }),
      service("hard", { minutes: 60, level: 3 }),
    ],
    technicians: [technician("amy"), technician("bob", { level: 4 }), technician("cat", { level: 3 })],
    booking: {
      bufferMinutes: 5,
      travelMinutes: 20,
      pickup: { driver: "driver", fee: 0, travelMinutes: 25, handoverMinutes: 5, zones: [], ask: false },
      loans: { kind: "loan", askFromMinutes: 0 },
    },
  }),
  resources: [
    { id: "one", kind: "lift", name, daysOff: [] },
    { id: "two", kind: "lift", name, daysOff: [] },
    { id: "van", kind: "driver", name, daysOff: [] },
    { id: "car", kind: "loan", name, daysOff: [] },
  ],
});
