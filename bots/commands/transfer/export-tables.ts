/** Customers, products and history as tables: the same columns that `import` reads. */
import type { CustomerFile, OwnedProduct } from "../../../core/customers/state.ts";
import { COLUMNS, type Sheet } from "../../../core/customers/transfer/columns.ts";
import { writeDue, writePeople, writeReadings } from "../../../core/customers/transfer/lists.ts";
import { birthdayText } from "../../../core/customers/transfer/values.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Store } from "../../../core/ports.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import { dayOf } from "../../../core/time.ts";

const PAGE = 500;

/** The heading row, then the rows of a sheet, page by page. */
export async function* exportRows(store: Store, model: BusinessModel, sheet: Sheet): AsyncGenerator<string[][]> {
  yield [COLUMNS[sheet].map((column) => column.headings[0]!)];
  let after = "";
  for (;;) {
    const page =
      sheet === "history"
        ? ((await store.unit((unit) => unit.records.all("order", after, PAGE))) as readonly WorkOrder[])
        : await store.unit((unit) => unit.customers.all(after, PAGE));
    if (page.length === 0) return;
    const last = page.at(-1)!;
    after = "number" in last ? last.number : last.id;
    const cells = page.flatMap((one) =>
      "number" in one ? [orderCells(one, model)] : sheet === "customers" ? [customerCells(one)] : productCells(one),
    );
    yield cells.map((row) => COLUMNS[sheet].map((column) => row[column.name] ?? ""));
  }
}

type Cells = Readonly<Record<string, string>>;

/** Files that an import named keep their code; the others are named by their id, behind a `#` that says so. */
function codeOf(id: string): string {
  return id.startsWith("I") ? id.slice(1) : `#${id}`;
}

function customerCells(file: CustomerFile): Cells {
  return {
    code: codeOf(file.id),
    name: file.name ?? "",
    title: file.title === "mr" ? "先生" : file.title === "mrs" ? "太太" : file.title === "ms" ? "女士" : "",
    phone: file.phones[0] ?? "",
    phone2: file.phones[1] ?? "",
    phones: file.phones.slice(2).join("；"),
    birthday: file.birthday ? birthdayText(file.birthday) : "",
    address: file.address ?? "",
    postcode: file.postcode ?? "",
    company: file.company ?? "",
    language: file.language ?? "",
    vip: file.vip ? "是" : "",
  };
}

function productCells(file: CustomerFile): Cells[] {
  return file.products.map((product) => ({
    customer: codeOf(file.id),
    product: product.product,
    brand: product.brand ?? "",
    model: product.model ?? "",
    plate: product.plate ?? "",
    serial: product.serial ?? "",
    bought: product.boughtOn ?? "",
    mileage: product.mileageKm === null ? "" : String(product.mileageKm),
    usage: product.usage === "business" ? "公用" : product.usage === "private" ? "私用" : "",
    channel: product.purchaseChannel ?? "",
    inspection: product.due?.["inspection"] ?? "",
    insurance: product.due?.["insurance"] ?? "",
    service: product.due?.["service"] ?? "",
    due: writeDue(otherDue(product)),
    mileageOn: product.mileageOn ?? "",
    readings: writeReadings(product.readings ?? []),
    sold: product.soldOn ?? "",
    maker: product.maker ?? "",
    specification: product.specification ?? "",
    people: writePeople(product.people ?? []),
  }));
}

/** Due days without a column of their own. */
function otherDue(product: OwnedProduct): Readonly<Record<string, string>> {
  const { inspection: _inspection, insurance: _insurance, service: _service, ...others } = product.due ?? {};
  return others;
}

function orderCells(order: WorkOrder, model: BusinessModel): Cells {
  const came = order.history.find((move) => move.status === "received")?.at ?? order.createdAt;
  const done = order.history.findLast((move) => move.status === "delivered")?.at ?? null;
  return {
    number: order.number,
    customer: codeOf(order.customerId),
    identity: order.plate ?? order.serial ?? "",
    date: dayOf(came, model.zone),
    finished: done === null ? "" : dayOf(done, model.zone),
    items: order.services.join("；"),
    fault: order.fault ?? "",
    technician: order.technician ?? "",
    total: order.finalMinor === undefined ? "" : (order.finalMinor / 100).toFixed(2),
    status: order.status,
    note: order.note ?? "",
  };
}
