//! What each path answers.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::content::Content;
use super::login::Sessions;
use super::{protected, websocket};

pub(super) type Answer = Response<Content>;

/// The most that a request's body may hold that is looked at.
const LIMIT: usize = 64 << 20;

const PAGE: &str = include_str!("page.html");

/// Answers a request.
pub(super) async fn answer(request: Request<Incoming>, sessions: &Sessions) -> Answer {
    let path = request.uri().path().to_owned();
    let mut parts = path.trim_start_matches('/').splitn(2, '/');
    let (first, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match first {
        "" => html(PAGE),
        "html" => html(DOCUMENT),
        "page" => page(rest),
        "version" => plain(StatusCode::OK, &format!("{:?}", request.version())),
        "json" => json_answer(&document()),
        "echo" => echo(request).await,
        "status" => status(rest),
        "delay" => delay(rest, request).await,
        "redirect" => redirect(rest),
        "bytes" => bytes(rest),
        "discard" => discard(request).await,
        "basic" => protected::basic(request.headers()),
        "digest" => protected::digest(request.method(), request.headers()),
        "unchanging" => protected::unchanging(request.headers()),
        "cookies" if rest == "set" => set_cookies(request.uri().query().unwrap_or_default()),
        "cookies" => json_answer(&cookies(request.headers())),
        "login" if request.method() == Method::POST => log_in(request, sessions).await,
        "profile" => profile(request.headers(), sessions),
        "logout" if request.method() == Method::POST => log_out(request.headers(), sessions),
        "login" | "logout" => plain(StatusCode::METHOD_NOT_ALLOWED, "POST is what this wants"),
        "ws" => websocket::answer(request, rest),
        _ => plain(StatusCode::NOT_FOUND, "there is nothing here: see /"),
    }
}

pub(super) fn plain(status: StatusCode, text: &str) -> Answer {
    typed(status, "text/plain; charset=utf-8", text.to_owned().into())
}

fn html(text: &'static str) -> Answer {
    typed(StatusCode::OK, "text/html; charset=utf-8", Bytes::from_static(text.as_bytes()))
}

/// A page with what it needs.
fn page(part: &str) -> Answer {
    let text = |kind, text: &'static str| typed(StatusCode::OK, kind, Bytes::from_static(text.as_bytes()));
    match part {
        "" => text("text/html; charset=utf-8", PAGE_WITH_PARTS),
        "broken" => text("text/html; charset=utf-8", "<img src=\"/page/logo.svg\"><img src=\"/page/missing.png\">"),
        "style.css" => text("text/css", "@import \"colors.css\"; h1 { font-size: 2em }"),
        "colors.css" => text("text/css", "h1 { color: teal }"),
        "script.js" => text("text/javascript", "document.title += '!';"),
        "logo.svg" => text("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
        _ => plain(StatusCode::NOT_FOUND, "the page has no such part"),
    }
}

fn json_answer(value: &Value) -> Answer {
    typed(StatusCode::OK, "application/json", value.to_string().into())
}

fn typed(status: StatusCode, kind: &'static str, body: Bytes) -> Answer {
    with_content(status, kind, body.into())
}

fn with_content(status: StatusCode, kind: &'static str, content: Content) -> Answer {
    let mut answer = Response::new(content);
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

async fn body(request: Request<Incoming>) -> Result<Bytes, Answer> {
    let collected = Limited::new(request.into_body(), LIMIT).collect().await;
    collected.map(http_body_util::Collected::to_bytes).map_err(|_| plain(StatusCode::PAYLOAD_TOO_LARGE, "too much"))
}

/// The headers as JSON, in their order.
pub(super) fn headers(headers: &HeaderMap) -> Value {
    let each = headers.iter().map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
    each.collect()
}

async fn echo(request: Request<Incoming>) -> Answer {
    let method = request.method().to_string();
    let (path, query) = (request.uri().path().to_owned(), request.uri().query().map(str::to_owned));
    let headers = headers(request.headers());
    match body(request).await {
        Ok(body) => {
            let body = String::from_utf8_lossy(&body).into_owned();
            json_answer(&json!({"method": method, "path": path, "query": query, "headers": headers, "body": body}))
        }
        Err(answer) => answer,
    }
}

fn status(code: &str) -> Answer {
    let status = code.parse().ok().and_then(|code: u16| StatusCode::from_u16(code).ok());
    match status {
        Some(status) if status.as_u16() >= 200 => plain(status, status.canonical_reason().unwrap_or_default()),
        _ => plain(StatusCode::BAD_REQUEST, "a status from 200 to 999 is what this wants"),
    }
}

async fn delay(millis: &str, request: Request<Incoming>) -> Answer {
    let Ok(millis) = millis.parse() else {
        return plain(StatusCode::BAD_REQUEST, "a number of milliseconds is what this wants");
    };
    tokio::time::sleep(Duration::from_millis(millis)).await;
    echo(request).await
}

fn redirect(count: &str) -> Answer {
    let Ok(count) = count.parse::<u32>() else {
        return plain(StatusCode::BAD_REQUEST, "a number of redirects is what this wants");
    };
    match count {
        0 | 1 => go_to("/echo"),
        _ => go_to(&format!("/redirect/{}", count - 1)),
    }
}

fn go_to(place: &str) -> Answer {
    let mut answer = plain(StatusCode::FOUND, "");
    if let Ok(place) = HeaderValue::from_str(place) {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    answer
}

fn bytes(count: &str) -> Answer {
    match count.parse() {
        Ok(count) => with_content(StatusCode::OK, "application/octet-stream", Content::letters(count)),
        Err(_) => plain(StatusCode::BAD_REQUEST, "a number of bytes is what this wants"),
    }
}

/// Takes a body without keeping it, and says how long it was.
async fn discard(request: Request<Incoming>) -> Answer {
    let mut body = request.into_body();
    let mut count = 0_u64;
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => count += frame.data_ref().map_or(0, |data| data.len() as u64),
            Err(_) => return plain(StatusCode::BAD_REQUEST, "the body ended too early"),
        }
    }
    plain(StatusCode::OK, &format!("{count} bytes"))
}

fn cookies(headers: &HeaderMap) -> Value {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
    Value::Object(pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>())
}

fn set_cookies(query: &str) -> Answer {
    let mut answer = go_to("/cookies");
    for pair in query.split('&').filter(|pair| pair.contains('=')) {
        if let Ok(cookie) = HeaderValue::from_str(&format!("{pair}; Path=/")) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

async fn log_in(request: Request<Incoming>, sessions: &Sessions) -> Answer {
    let body = match body(request).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let given: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| given.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    match sessions.log_in(field("user"), field("password")) {
        Some(token) => {
            let mut answer = json_answer(&json!({"user": field("user"), "token": token}));
            if let Ok(cookie) = HeaderValue::from_str(&format!("session={token}; Path=/; HttpOnly")) {
                answer.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            answer
        }
        None => plain(StatusCode::UNAUTHORIZED, "user or password is wrong"),
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn profile(headers: &HeaderMap, sessions: &Sessions) -> Answer {
    match token(headers).and_then(|token| sessions.user(token)) {
        Some(user) => json_answer(&json!({"user": user, "plan": "free", "items": [1, 2, 3]})),
        None => plain(StatusCode::UNAUTHORIZED, "a token from /login is what this wants"),
    }
}

fn log_out(headers: &HeaderMap, sessions: &Sessions) -> Answer {
    match token(headers) {
        Some(token) if sessions.log_out(token) => plain(StatusCode::OK, "good bye"),
        _ => plain(StatusCode::UNAUTHORIZED, "there is nobody to say good bye to"),
    }
}

fn document() -> Value {
    json!({
        "id": 7,
        "name": "a document",
        "price": 19.5,
        "tags": ["json", "example"],
        "owner": {"id": 1, "name": "Ada", "email": "ada@example.com"},
        "items": [{"id": 11, "count": 2}, {"id": 12, "count": 0}, {"id": 13, "count": 5}]
    })
}

const PAGE_WITH_PARTS: &str = r#"<!DOCTYPE html>
<html><head><title>A page</title><link rel="stylesheet" href="/page/style.css"><script src="/page/script.js"></script></head>
<body><h1>A page</h1><img src="/page/logo.svg"></body></html>
"#;

const DOCUMENT: &str = r#"<!DOCTYPE html>
<html><head><title>A document</title></head><body>
<h1>A document</h1>
<form action="/login" method="post"><input type="hidden" name="csrf" value="c5rf-70k3n"><input name="user"><input name="password" type="password"></form>
<ul><li><a href="/json">json</a></li><li><a href="/echo?from=html">echo</a></li></ul>
</body></html>
"#;
