//! Sends thousands of calls at once through one generated client, and as many with a hand-written program over `reqwest`.
//!
//! `cargo run --release -p tests --example load -- [CALLS] [ROUNDS]` prints for each round the calls per second of both, and the
//! memory of the process. Both send the same request to the same server, and decode the same JSON. The server is a process of its
//! own, because a process can have a limited number of connections.

mod server;

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use generated::cfw::{self, required};
use serde::Deserialize;
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The id in the path of each request.
const ITEM: &str = "6b37ed55-1e21-46a5-a7dc-a59ef418d359";

/// The response of the hand-written program.
#[derive(Deserialize)]
struct Deleted {
    data: Item,
}

#[derive(Deserialize)]
struct Item {
    id: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "serve") {
        return Ok(server::serve().await?);
    }
    let number = |index: usize, default: usize| arguments.get(index).map_or(Ok(default), |text| text.parse());
    let (calls, rounds) = (number(0, 10_000)?, number(1, 5)?);
    let server = Server::start()?;
    let base = format!("http://127.0.0.1:{}", server.port);
    let client = cfw::Client::builder(&base).x_auth_token("token").timeout(Duration::from_secs(600)).build()?;
    let reqwest = reqwest::Client::builder().timeout(Duration::from_secs(600)).build()?;
    println!("{calls} calls at once, calls per second:");
    println!("{:>10} {:>10} {:>7} {:>10}", "generated", "reqwest", "ratio", "memory");
    let mut best = [0.0_f64; 2];
    for _ in 0..rounds {
        let of_client = wave(calls, || {
            let client = client.clone();
            async move { generated_call(&client).await }
        });
        let of_client = of_client.await?;
        let of_reqwest = wave(calls, || {
            let (reqwest, base) = (reqwest.clone(), base.clone());
            async move { hand_written_call(&reqwest, &base).await }
        });
        let of_reqwest = of_reqwest.await?;
        best = [best[0].max(of_client), best[1].max(of_reqwest)];
        println!("{of_client:>10.0} {of_reqwest:>10.0} {:>7.2} {:>7} MB", of_client / of_reqwest, memory() / 1024);
    }
    println!("ratio of the best rounds: {:.2}", best[0] / best[1]);
    Ok(())
}

/// Runs as many calls as given at once. Returns the calls per second. Fails if a call fails or returns another id.
async fn wave<F>(calls: usize, call: impl Fn() -> F) -> Result<f64>
where
    F: Future<Output = Result<String>> + Send + 'static,
{
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        tasks.spawn(call());
    }
    let mut received = 0_usize;
    while let Some(result) = tasks.join_next().await {
        let id = result??;
        if id != ITEM {
            return Err(format!("another id: {id}").into());
        }
        received += 1;
    }
    assert_eq!(received, calls, "each call has one result");
    Ok(calls as f64 / start.elapsed().as_secs_f64())
}

async fn generated_call(client: &cfw::Client) -> Result<String> {
    let item = required::DeleteServiceItem { project_id: "9d80d070b6d44942af73c9c3d38e0429", item_id: ITEM };
    let reply = client.delete_service_item(item).send().await?;
    let data = reply.value.data.ok_or("no data")?;
    Ok(data.id.ok_or("no id")?)
}

async fn hand_written_call(client: &reqwest::Client, base: &str) -> Result<String> {
    let url = format!("{base}/v1/9d80d070b6d44942af73c9c3d38e0429/service-items/{ITEM}");
    let request = client.delete(url).header("X-Auth-Token", "token").header("Content-Type", "application/json");
    let response = request.header("Accept", "application/json").send().await?.error_for_status()?;
    let deleted: Deleted = serde_json::from_slice(&response.bytes().await?)?;
    Ok(deleted.data.id)
}

/// Returns the memory of this process in kilobytes, as Linux reports it.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// The process of the server.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start() -> Result<Self> {
        let mut child = Command::new(env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(Self { child, port: line.trim().parse()? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If the process has ended already, there is nothing to stop.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
