//! A browser: cookies, the header of our own pages, GraphQL over HTTP and WebSocket.

use std::net::SocketAddr;

use futures::{SinkExt as _, StreamExt as _};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;

use crate::app::install_tls;
use crate::eventually;
use crate::story::fresh;

/// A password that no dictionary holds.
pub const PASSWORD: &str = "vexed-Umbrella-73-quarry";

/// A browser.
pub struct Browser {
    client: reqwest::Client,
    address: SocketAddr,
    cookie: std::sync::Mutex<Option<String>>,
}

impl Browser {
    /// A browser with no cookies yet.
    pub fn new(address: SocketAddr) -> Self {
        install_tls();
        Self { client: reqwest::Client::new(), address, cookie: std::sync::Mutex::default() }
    }

    /// A request to the GraphQL door, as one of our own pages sends it.
    pub fn request(&self, operation: &str, variables: &Value) -> reqwest::RequestBuilder {
        self.signed(self.bare_request(operation, variables))
    }

    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let request = request.header("x-interaura-client", "web");
        match &*self.cookie.lock().unwrap() {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// The same request as another site might send it.
    pub fn bare_request(&self, operation: &str, variables: &Value) -> reqwest::RequestBuilder {
        self.post(&json!({ "query": operation, "variables": variables }))
    }

    fn post(&self, body: &Value) -> reqwest::RequestBuilder {
        self.client.post(format!("http://{}/graphql", self.address)).json(body)
    }

    /// A request to another door, as one of our own pages sends it.
    pub fn send_to(&self, path: &str, body: Vec<u8>) -> reqwest::RequestBuilder {
        self.signed(self.client.post(format!("http://{}{path}", self.address)).body(body))
    }

    /// A request for a page.
    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("http://{}{path}", self.address))
    }

    /// A request as one of our own pages sends it.
    pub fn own(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.signed(self.client.request(method, format!("http://{}{path}", self.address)))
    }

    /// The text of a page.
    pub async fn page(&self, path: &str) -> String {
        let response = self.get(path).send().await.unwrap();
        response.error_for_status().unwrap().text().await.unwrap()
    }

    /// Keeps a cookie as a response sets it.
    pub fn keep_cookie(&self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap().to_owned();
        *self.cookie.lock().unwrap() = Some(pair);
    }

    /// What an operation gives; errors end the test.
    pub async fn ask(&self, operation: &str, variables: Value) -> Value {
        let mut answer = self.answer(operation, variables).await;
        assert!(answer["errors"].is_null(), "{operation}: {}", answer["errors"]);
        answer["data"].take()
    }

    /// The whole answer to an operation, errors too.
    pub async fn answer(&self, operation: &str, variables: Value) -> Value {
        self.answer_to(&json!({ "query": operation, "variables": variables })).await
    }

    /// The whole answer to a request as it is.
    pub async fn answer_to(&self, body: &Value) -> Value {
        let response = self.signed(self.post(body)).send().await.unwrap();
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.keep_cookie(cookie.to_str().unwrap());
        }
        response.json().await.unwrap()
    }

    /// Sends a mutation with an input, under a fresh command id unless it has one; gives its payload.
    pub async fn command(&self, mutation: &str, mut input: Value) -> Value {
        if input["commandId"].is_null() {
            input["commandId"] = json!(fresh());
        }
        let operation = mutation_of(mutation);
        self.ask(&operation, json!({ "input": input })).await["it"].take()
    }

    /// The same, which must be accepted.
    pub async fn accepted(&self, mutation: &str, input: Value) -> Value {
        let payload = self.command(mutation, input).await;
        assert!(payload["refusal"].is_null(), "{mutation}: {payload}");
        payload
    }

    /// The same, which must be refused; gives the code.
    pub async fn refused(&self, mutation: &str, input: Value) -> String {
        let payload = self.command(mutation, input).await;
        assert!(payload["position"].is_null(), "{mutation}: {payload}");
        payload["refusal"]["code"].as_str().unwrap_or_else(|| panic!("{mutation}: {payload}")).to_owned()
    }

    /// Sends a mutation again and again under one command id until it is answered; gives its payload.
    ///
    /// This is what the web app does while the server is away.
    pub async fn persist(&self, mutation: &str, mut input: Value) -> Value {
        input["commandId"] = json!(fresh());
        let operation = mutation_of(mutation);
        let variables = json!({ "input": input });
        let mut payload =
            eventually("the command is answered", async || self.try_ask(&operation, &variables).await).await;
        payload["it"].take()
    }

    /// What an operation gives, if the server can answer now.
    pub async fn try_ask(&self, operation: &str, variables: &Value) -> Option<Value> {
        let response = self.request(operation, variables).send().await.ok()?;
        let mut answer: Value = response.json().await.ok()?;
        answer["errors"].is_null().then(|| answer["data"].take())
    }

    /// An upload, as one of our own pages sends it.
    pub fn upload_request(&self) -> reqwest::RequestBuilder {
        let request = self.bare_upload_request().header("x-interaura-client", "web");
        match &*self.cookie.lock().unwrap() {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// The same upload as another site might send it.
    pub fn bare_upload_request(&self) -> reqwest::RequestBuilder {
        self.client.post(format!("http://{}/api/uploads/resume", self.address))
    }

    /// Uploads a file as the web app does; gives the status and the body.
    pub async fn upload(&self, command_id: Uuid, file_name: &str, file: Vec<u8>) -> (u16, Value) {
        let part = Part::bytes(file).file_name(file_name.to_owned());
        let form = Form::new().text("commandId", command_id.to_string()).part("file", part);
        let response = self.upload_request().multipart(form).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Registers, reads the mail, follows the link.
    pub async fn register(&self, email: &str) {
        let input = json!({ "email": email, "name": "Ada Lovelace", "password": PASSWORD });
        self.accepted("register", input).await;
        let token = self.token_for(email).await;
        self.accepted("verifyEmail", json!({ "token": token })).await;
    }

    /// The token of the newest link that was sent to an address.
    pub async fn token_for(&self, email: &str) -> String {
        eventually("the mail is in the outbox", async || {
            let data = self.ask("{ outbox { to link } }", json!({})).await;
            let mails = data["outbox"].as_array()?.clone();
            let mail = mails.iter().find(|mail| mail["to"] == email)?;
            Some(mail["link"].as_str()?.rsplit_once("token=")?.1.to_owned())
        })
        .await
    }

    /// The same browser at another address, with the same cookie.
    #[must_use]
    pub fn at(&self, address: SocketAddr) -> Self {
        let other = Self::new(address);
        other.cookie.lock().unwrap().clone_from(&self.cookie.lock().unwrap());
        other
    }

    /// Opens another socket with this browser's cookie and origin.
    pub async fn open_socket(&self, path: &str) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
        self.try_open_socket(path).await.unwrap()
    }

    /// The same where the server may be away; `None` then.
    pub async fn try_open_socket(&self, path: &str) -> Option<WebSocketStream<MaybeTlsStream<TcpStream>>> {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        let cookie = self.cookie.lock().unwrap().clone();
        if let Some(cookie) = cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        Some(tokio_tungstenite::connect_async(request).await.ok()?.0)
    }

    /// Subscribes.
    pub async fn subscribe(&self, operation: &str, variables: Value) -> Subscription {
        self.subscribe_to(&json!({ "query": operation, "variables": variables })).await
    }

    /// Subscribes with a request as it is.
    pub async fn subscribe_to(&self, payload: &Value) -> Subscription {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request().unwrap();
        let protocol = "graphql-transport-ws".parse().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let cookie = self.cookie.lock().unwrap().clone();
        if let Some(cookie) = cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut subscription = Subscription(socket);
        subscription.send(&json!({ "type": "connection_init" })).await;
        assert_eq!(subscription.message().await["type"], "connection_ack");
        subscription.send(&json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
        subscription
    }
}

/// What a subscription sends.
pub struct Subscription(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Subscription {
    async fn send(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn message(&mut self) -> Value {
        let patience = std::time::Duration::from_secs(45);
        let message = tokio::time::timeout(patience, self.0.next()).await.expect("nothing was sent");
        serde_json::from_str(message.unwrap().unwrap().to_text().unwrap()).unwrap()
    }

    /// Waits until the server ends it.
    pub async fn ended(&mut self) {
        let patience = std::time::Duration::from_secs(45);
        let end = async { while let Some(Ok(_)) = self.0.next().await {} };
        tokio::time::timeout(patience, end).await.expect("the subscription goes on");
    }

    /// The next row.
    pub async fn next(&mut self) -> Value {
        let mut message = self.next_message().await;
        assert_eq!(message["type"], "next", "{message}");
        message["payload"]["data"].take()
    }

    /// The next message that is about the subscription.
    pub async fn next_message(&mut self) -> Value {
        loop {
            let message = self.message().await;
            match message["type"].as_str() {
                Some("ping") => self.send(&json!({ "type": "pong" })).await,
                _ => return message,
            }
        }
    }
}

fn mutation_of(mutation: &str) -> String {
    let (kind, fields) = (input_type(mutation), payload_fields(mutation));
    format!(
        "mutation($input: {kind}!) {{ it: {mutation}(input: $input) \
         {{ refusal {{ code message field }} position {fields} }} }}"
    )
}

fn input_type(mutation: &str) -> String {
    match mutation {
        "startInterview" | "pauseInterview" | "resumeInterview" | "abandonInterview" | "discardInterview"
        | "completeInterview" => "InterviewCommandInput".to_owned(),
        "resendVerification" => "CommandInput".to_owned(),
        other => format!("{}{}Input", other[..1].to_uppercase(), &other[1..]),
    }
}

fn payload_fields(mutation: &str) -> &'static str {
    match mutation {
        "register" => "viewer { id name email verified } passwordAdvice",
        "closeAccount" => "",
        "verifyEmail" | "resendVerification" | "signIn" | "completeProfile" => {
            "viewer { id name email verified level role { slug } }"
        }
        "matchResume" => "matchId",
        _ => "interviewId",
    }
}
