import { useEffect, useState } from "react";

export function Page() {
  const [operator, setOperator] = useState<string>();
  useEffect(() => {
    fetch("/api/publicity")
      .then((response) => response.json())
      .then((publicity) => setOperator(publicity.operator.name));
  }, []);
  return <main>{operator && <h1>{operator} · 服务项目公示</h1>}</main>;
}
