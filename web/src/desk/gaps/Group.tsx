import { Button, Card, Flex, Input, Select } from "antd";
import { useState } from "react";
import { time } from "../clock";
import { meaningOf } from "../intents";
import { useAct } from "../useAct";

export interface Heard {
  count: number;
  /** masked */
  examples: string[];
  last_at: string;
  digests: string[];
}

export interface Intent {
  intent: string;
  topic: string;
}

/** Sentences that are alike: what do they mean? What is learned from them must hold nothing of a customer's. */
export function Group({ group, intents }: { group: Heard; intents: Intent[] }) {
  const [intent, setIntent] = useState<string>();
  const [words, setWords] = useState(group.examples.join("\n"));
  const mark = useAct(["gaps", "phrases"]);
  const phrases = words.split("\n").filter((line) => line.trim());
  const act = (meant: string | null) =>
    mark.mutate({ path: "/gaps/", body: { digests: group.digests, intent: meant, phrases: meant ? phrases : [] } });

  return (
    <Card size="small" title={`${group.examples[0]}`} extra={`${group.count} 次，最近 ${time(group.last_at)}`}>
      <Flex vertical gap="small">
        <Input.TextArea
          aria-label="要学的说法，一行一句"
          autoSize
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Flex gap="small">
          <Select
            className="grow"
            aria-label="意思"
            placeholder="这是什么意思"
            showSearch={{ optionFilterProp: "label" }}
            value={intent}
            onChange={setIntent}
            options={intents.map((each) => ({ value: each.intent, label: meaningOf(each.intent) }))}
          />
          <Button
            type="primary"
            disabled={!intent || !phrases.length}
            loading={mark.isPending}
            onClick={() => act(intent ?? null)}
          >
            学这些
          </Button>
          <Button onClick={() => act(null)}>没什么可学</Button>
        </Flex>
      </Flex>
    </Card>
  );
}
