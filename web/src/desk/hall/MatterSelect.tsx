import { Select } from "antd";
import { options, useWords } from "../words";
import { keyOf, type Matter } from "./greeting";

interface Given {
  matters: Matter[];
  id?: string;
  value?: string;
  onChange?: (key: string) => void;
  "aria-label"?: string;
}

/** What a customer may come for, by type. */
export function MatterSelect({ matters, ...select }: Given) {
  const words = useWords();
  return (
    <Select
      {...select}
      showSearch={{ optionFilterProp: "label" }}
      options={options(words.data?.types).map(({ value: type, label }) => ({
        label,
        options: matters
          .filter((each) => each.ticket_type === type)
          .map((each) => ({ value: keyOf(each), label: each.label })),
      }))}
    />
  );
}
