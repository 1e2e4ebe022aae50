interface Given {
  shown: number;
  /** none: only that there may be more is known */
  total?: number;
  /** which of them are shown */
  which: string;
  unit: string;
}

/** Says of a list that ends before all of it is shown which part it is. */
export function Cut({ shown, total, which, unit }: Given) {
  if (total !== undefined && total <= shown) return null;
  return (
    <small>
      {total !== undefined && `共 ${total} ${unit}，`}这里只列出{which} {shown} {unit}。
    </small>
  );
}
