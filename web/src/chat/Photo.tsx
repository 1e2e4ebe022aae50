import { Button } from "@chatui/core";
import { useEffect, useState } from "react";

interface Props {
  /** what it is called to who can't see it */
  alt: string;
  load: (signal: AbortSignal) => Promise<Blob>;
}

/** Fetched, for its address alone must not show it. */
export function Photo({ alt, load }: Props) {
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks for another try, `load` is new at every render
  useEffect(() => {
    const leaving = new AbortController();
    let shown = "";
    setFailed(false);
    load(leaving.signal).then(
      (photo) => {
        shown = URL.createObjectURL(photo);
        setUrl(shown);
      },
      () => setFailed(!leaving.signal.aborted),
    );
    return () => {
      leaving.abort();
      URL.revokeObjectURL(shown);
    };
  }, [tries]);

  if (url) return <img className="chat-photo" src={url} alt={alt} />;
  if (!failed) return <p className="chat-photo-note">照片加载中…</p>;
  return (
    <p className="chat-photo-note">
      照片没有加载出来。
      <Button size="sm" onClick={() => setTries(tries + 1)}>
        再试一次
      </Button>
    </p>
  );
}
