import type { Lease, Leases } from "../../core/ports.ts";

/** Leases of one process: who asks first has it, until it is given back. */
export function createInProcessLeases(): Leases {
  const held = new Map<string, Lease>();
  return {
    async acquire(name) {
      if (held.has(name)) return null;
      const controller = new AbortController();
      const lease: Lease = {
        ended: controller.signal,
        async release() {
          if (held.get(name) === lease) held.delete(name);
          controller.abort();
        },
      };
      held.set(name, lease);
      return lease;
    },
    async close() {
      await Promise.all([...held.values()].map((lease) => lease.release()));
    },
  };
}
