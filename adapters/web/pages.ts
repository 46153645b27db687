/** The pages and their files. Plain files, read by browsers as they are. */
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { HttpHost } from "../http/index.ts";

const ROOT = fileURLToPath(new URL("./pages/", import.meta.url));
const PAGES = { "/": "index.html", "/desk": "desk.html", "/reports": "reports.html", "/campaigns": "campaigns.html" } as const;

export function mountPages(host: HttpHost): void {
  void host.app.register(async (scope) => {
    scope.addHook("preHandler", host.guard.assets);
    await scope.register(fastifyStatic, {
      root: `${ROOT}assets`,
      prefix: "/assets/",
      index: false,
      // The names carry no version: browsers ask each time, and are told that nothing changed.
      cacheControl: false,
      setHeaders: (reply) => void reply.header("cache-control", "no-cache"),
    });
    for (const [path, file] of Object.entries(PAGES)) {
      scope.get(path, { preHandler: host.guard.page }, async (_request, reply) =>
        reply.header("cache-control", "no-store").sendFile(file, ROOT),
      );
    }
    scope.get("/favicon.ico", async (_request, reply) => reply.redirect("/assets/icon.svg", 302));
  });
}
