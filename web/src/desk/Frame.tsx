import { DownOutlined, UserOutlined } from "@ant-design/icons";
import { App, Avatar, Badge, Dropdown, Layout, Menu, Spin, Typography } from "antd";
import { Suspense } from "react";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { pagesFor } from "./pages";
import { send, told } from "./server";
import { useSession } from "./session";
import { AttendingProvider, useAttending } from "./talk/attending";

/** The pages that this member of staff has, beside one another. */
export function Frame({ left }: { left: () => void }) {
  return (
    <Router hook={useHashLocation}>
      <AttendingProvider>
        <Framed left={left} />
      </AttendingProvider>
    </Router>
  );
}

function Framed({ left }: { left: () => void }) {
  const session = useSession();
  const { message } = App.useApp();
  const [path, go] = useLocation();
  const { shelves } = useAttending();
  const waiting = shelves.queued.length + shelves.mine.reduce((sum, each) => sum + each.unread, 0);
  const pages = pagesFor(session.role);
  const here = pages.find((page) => path === page.path || path.startsWith(`${page.path}/`));

  async function signOut() {
    try {
      await send("DELETE", "/session");
      left();
    } catch (error) {
      message.error(told(error));
    }
  }

  return (
    <Layout className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById("page")?.focus()}>
        跳到内容
      </button>
      <Layout.Header className="bar">
        <Typography.Text strong className="name">
          坐席工作台
        </Typography.Text>
        <Menu
          className="pages"
          mode="horizontal"
          aria-label="页面"
          overflowedIndicator={
            <>
              更多 <DownOutlined />
            </>
          }
          selectedKeys={here ? [here.path] : []}
          items={pages.map(({ path, label, icon }) => ({
            key: path,
            label:
              path === "/talk" ? (
                <Badge count={waiting} size="small" offset={[6, 0]}>
                  {label}
                </Badge>
              ) : (
                label
              ),
            icon,
          }))}
          onClick={({ key }) => go(key)}
        />
        <Dropdown menu={{ items: [{ key: "out", label: "退出", onClick: signOut }] }} trigger={["click"]}>
          <button type="button" className="me">
            <Avatar size="small" icon={<UserOutlined />} />
            <span className="who">
              工号 {session.job_number} {session.title}
            </span>
          </button>
        </Dropdown>
      </Layout.Header>
      <Layout.Content id="page" tabIndex={-1} className="content">
        <Suspense fallback={<Spin fullscreen />}>
          <Switch>
            {pages.map(({ path, Page }) => (
              <Route key={path} path={`${path}/*?`} component={Page} />
            ))}
            <Route>
              <Redirect to={pages[0]?.path ?? "/"} replace />
            </Route>
          </Switch>
        </Suspense>
      </Layout.Content>
    </Layout>
  );
}
