/** Customers, products and service history as tables: which columns there are, and what they are called. */
import { plain } from "./values.ts";

export type Sheet = "customers" | "products" | "history";

/** A cell as read: text, or a day that the sheet already knew as one. */
export type Row = Readonly<Record<string, string>>;

/** What is wrong with a row. `row` counts as a spreadsheet does: 1 is the heading. */
export interface RowProblem {
  readonly sheet: Sheet;
  readonly row: number;
  readonly column: string;
  readonly zh: string;
  readonly en: string;
}

interface Column {
  readonly name: string;
  /** Headings by which it is known; the first is written. */
  readonly headings: readonly string[];
  readonly needed?: boolean;
}

export const COLUMNS: Readonly<Record<Sheet, readonly Column[]>> = {
  customers: [
    { name: "code", headings: ["客户编号", "customer", "code", "编号", "id"] },
    { name: "name", headings: ["姓名", "name", "客户姓名", "车主"], needed: true },
    { name: "title", headings: ["称谓", "title", "性别"] },
    { name: "phone", headings: ["手机", "phone", "电话", "手机号", "联系电话", "mobile"], needed: true },
    { name: "phone2", headings: ["其他电话", "phone2", "电话2", "家庭电话", "办公电话"] },
    { name: "address", headings: ["地址", "address", "住址"] },
    { name: "postcode", headings: ["邮编", "postcode"] },
    { name: "company", headings: ["单位", "company", "公司"] },
    { name: "language", headings: ["语言", "language"] },
    { name: "vip", headings: ["VIP", "vip"] },
    { name: "birthday", headings: ["生日", "birthday", "出生日期"] },
    { name: "phones", headings: ["更多电话", "phones"] },
  ],
  products: [
    { name: "customer", headings: ["客户", "customer", "客户编号", "手机", "phone"], needed: true },
    { name: "product", headings: ["产品", "product", "品类", "车型"], needed: true },
    { name: "brand", headings: ["品牌", "brand"] },
    { name: "model", headings: ["型号", "model"] },
    { name: "plate", headings: ["车牌", "plate", "车牌号"] },
    { name: "serial", headings: ["序列号", "serial", "VIN", "车架号", "vin"] },
    { name: "bought", headings: ["购买日期", "bought", "购车日期"] },
    { name: "mileage", headings: ["里程", "mileage", "公里数"] },
    { name: "usage", headings: ["用途", "usage"] },
    { name: "channel", headings: ["购买渠道", "channel"] },
    { name: "inspection", headings: ["年检到期", "inspection"] },
    { name: "insurance", headings: ["保险到期", "insurance"] },
    { name: "service", headings: ["保养到期", "service", "下次保养"] },
    { name: "due", headings: ["其他到期", "due"] },
    { name: "mileageOn", headings: ["里程日期", "mileage on", "读表日期"] },
    { name: "readings", headings: ["里程记录", "readings"] },
    { name: "sold", headings: ["已出售日期", "sold", "售出日期"] },
    { name: "maker", headings: ["厂家", "maker", "制造商"] },
    { name: "specification", headings: ["规格", "specification"] },
    { name: "people", headings: ["相关人", "people", "使用人"] },
  ],
  history: [
    { name: "number", headings: ["工单号", "number", "order", "单号"], needed: true },
    { name: "customer", headings: ["客户", "customer", "客户编号", "手机", "phone"], needed: true },
    { name: "identity", headings: ["车牌或序列号", "identity", "车牌", "plate", "序列号", "serial"] },
    { name: "date", headings: ["日期", "date", "进厂日期", "服务日期"], needed: true },
    { name: "finished", headings: ["完成日期", "finished", "出厂日期"] },
    { name: "items", headings: ["项目", "items", "服务项目"] },
    { name: "fault", headings: ["故障", "fault"] },
    { name: "technician", headings: ["技师", "technician", "师傅"] },
    { name: "total", headings: ["金额", "total", "合计"] },
    { name: "status", headings: ["状态", "status"] },
    { name: "note", headings: ["备注", "note"] },
  ],
};

/** Where each column stands in a heading row; problems for those that are needed and missing. */
export function mapHeadings(
  sheet: Sheet,
  headings: readonly string[],
): { readonly at: Readonly<Record<string, number>>; readonly problems: readonly RowProblem[] } {
  const at: Record<string, number> = {};
  const known = headings.map(plain);
  for (const column of COLUMNS[sheet]) {
    for (const heading of column.headings) {
      const index = known.findIndex((one, position) => one === plain(heading) && !Object.values(at).includes(position));
      if (index < 0) continue;
      at[column.name] = index;
      break;
    }
  }
  const problems = COLUMNS[sheet]
    .filter((column) => column.needed && at[column.name] === undefined)
    .map((column) => ({
      sheet,
      row: 1,
      column: column.headings[0]!,
      zh: `缺少「${column.headings[0]}」这一列`,
      en: `the column "${column.headings[1]}" is missing`,
    }));
  return { at, problems };
}
