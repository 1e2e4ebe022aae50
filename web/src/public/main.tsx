import { createRoot } from "react-dom/client";
import { Page } from "./Page";

const place = document.getElementById("page");
if (!place) throw new Error("index.html has no #page");
createRoot(place).render(<Page />);
