//! Sends thousands of calls at once through one generated client, and as many with a hand-written program over `reqwest`.
//!
//! `cargo run --release -p tests --example load -- [CALLS] [ROUNDS]` prints for each round the calls per second of both, the
//! processor time of a call, and the memory of the process, and at the end the medians and the best values. Both send the same
//! request with the same headers to the same server, with the same timeouts, and decode the same JSON. They take turns in going
//! first. The server is a process of its own, because a process can have a
//! limited number of connections.

mod server;

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use generated::cfw::{self, required};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
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
    let timeouts =
        reqwest::Client::builder().timeout(Duration::from_secs(600)).connect_timeout(Duration::from_secs(10));
    let user_agent = concat!("generated/", env!("CARGO_PKG_VERSION"));
    let reqwest = timeouts.redirect(reqwest::redirect::Policy::none()).user_agent(user_agent).build()?;
    println!("{calls} calls at once; calls per second, and microseconds of processor time per call:");
    println!(
        "{:>10} {:>10} {:>7} {:>10} {:>10} {:>7} {:>10}",
        "generated", "reqwest", "ratio", "time", "time", "ratio", "memory"
    );
    let (mut all_of_client, mut all_of_reqwest) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let of_client = wave(calls, || {
            let client = client.clone();
            async move { generated_call(&client).await }
        });
        let of_reqwest = wave(calls, || {
            let (reqwest, base) = (reqwest.clone(), base.clone());
            async move { hand_written_call(&reqwest, &base).await }
        });
        let (of_client, of_reqwest) = if round % 2 == 0 {
            let of_client = of_client.await?;
            (of_client, of_reqwest.await?)
        } else {
            let of_reqwest = of_reqwest.await?;
            (of_client.await?, of_reqwest)
        };
        print(&of_client, &of_reqwest);
        all_of_client.push(of_client);
        all_of_reqwest.push(of_reqwest);
    }
    println!("the medians:");
    print(&Wave::median(&all_of_client), &Wave::median(&all_of_reqwest));
    println!("the best of each:");
    print(&Wave::best(&all_of_client), &Wave::best(&all_of_reqwest));
    Ok(())
}

/// Prints a row of the table.
fn print(generated: &Wave, reqwest: &Wave) {
    let rate = format!("{:>10.0} {:>10.0} {:>7.2}", generated.rate, reqwest.rate, generated.rate / reqwest.rate);
    let time = format!("{:>10.1} {:>10.1} {:>7.2}", generated.time, reqwest.time, reqwest.time / generated.time);
    println!("{rate} {time} {:>7} MB", memory() / 1024);
}

/// What many calls at once cost.
struct Wave {
    /// The calls per second.
    rate: f64,
    /// The processor time of a call in microseconds.
    time: f64,
}

impl Wave {
    fn median(waves: &[Self]) -> Self {
        let middle = |value: fn(&Self) -> f64| {
            let mut values: Vec<f64> = waves.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        Self { rate: middle(|wave| wave.rate), time: middle(|wave| wave.time) }
    }

    fn best(waves: &[Self]) -> Self {
        Self {
            rate: waves.iter().map(|wave| wave.rate).fold(0.0, f64::max),
            time: waves.iter().map(|wave| wave.time).fold(f64::INFINITY, f64::min),
        }
    }
}

/// Runs as many calls as given at once. Fails if a call fails or returns another id.
async fn wave<F>(calls: usize, call: impl Fn() -> F) -> Result<Wave>
where
    F: Future<Output = Result<String>> + Send + 'static,
{
    let (start, started) = (Instant::now(), processor_time()?);
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
    let rate = calls as f64 / start.elapsed().as_secs_f64();
    Ok(Wave { rate, time: (processor_time()? - started) / calls as f64 })
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

/// Returns the processor time of this process in microseconds.
fn processor_time() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let microseconds = |time: TimeVal| time.tv_sec() as f64 * 1e6 + time.tv_usec() as f64;
    Ok(microseconds(usage.user_time()) + microseconds(usage.system_time()))
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
