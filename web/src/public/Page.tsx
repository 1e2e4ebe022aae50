import { useEffect, useRef, useState } from "react";

export function Page() {
  const [operator, setOperator] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const chat = useRef<HTMLDivElement>(null);
  useEffect(() => {
    fetch("/api/publicity")
      .then((response) => response.json())
      .then((publicity) => setOperator(publicity.operator.name));
  }, []);

  async function talk() {
    setIsOpen(true);
    const { mount } = await import("../chat");
    if (chat.current) mount(chat.current, { operator });
  }

  return (
    <main>
      {operator && <h1>{operator} · 服务项目公示</h1>}
      {!isOpen && (
        <button type="button" onClick={talk}>
          在线客服
        </button>
      )}
      <div ref={chat} style={isOpen ? { height: "80vh" } : undefined} />
    </main>
  );
}
