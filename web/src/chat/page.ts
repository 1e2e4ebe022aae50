/** chat.html: the chat by itself, in its own window or in a frame of an operator's site. */

import "./page.css";
import { mount } from ".";

const place = document.getElementById("chat");
if (!place) throw new Error("chat.html has no #chat");
mount(place, {});
