/** 个人信息保护告知: what is kept, why, how long, and how it is erased; as docs/operations.md says that it is. */

import { el } from "./dom";
import { facts, phone } from "./parts";
import type { Publicity } from "./publicity";
import type { Section } from "./sections";

export function personal({ operator, hotlines }: Publicity): Section {
  const hotline = hotlines[0] ? ["，或者打", hotlines[0].label, " ", phone(hotlines[0].phone)] : [];
  const told = facts(
    [
      "保存什么",
      "您在对话里发的文字和照片、打热线时说的话转成的文字、发送时间；登记事项时留下的联系电话、地址和事情经过；打热线的来电号码、微信公众号给的关注者编号、您用验证码绑定的电话。照片里的拍摄地点等信息会先去掉。",
    ],
    ["为什么", "只用来办您的事：登记、上门、联系、回访，有争议时查对。"],
    ["谁能看", `${operator.short_name}办这件事的工作人员。系统的运行日志里不写您的电话、地址和对话内容。`],
    [
      "保存多久",
      "没有设自动删除的期限。验证码绑定的电话到期自动失效，也可以随时说“解绑”。本浏览器会记住您的对话，清除浏览数据就忘记了，已经发来的内容还在。",
    ],
    ["怎么查看更正", el("span", {}, "在对话里点“转人工”", ...hotline, "。")],
    [
      "怎么抹除",
      "同样找人工提出。工单办结后，经负责人同意，工单里您的电话、地址和文字彻底抹除，只留下承诺过什么、什么时候办的；还没办结的，要等办结。对话记录、照片和备份不随工单一起抹除，要抹除请一并提出。",
    ],
    ["请不要发", "身份证号、银行卡号和密码。"],
  );
  const intro = `您找${operator.short_name}办事时，我们会保存一些您的信息。只看这个页面，不保存您的任何信息。`;
  return { id: "personal-data", title: "个人信息保护告知", body: [el("p", {}, intro), told] };
}
