//! Receives and sends long streams over a real connection, and prints the time and the memory that they take.
//!
//! A server in a thread of this program sends server-sent events, JSON Lines and a file, and receives a file. The client must not
//! need more memory for a long stream than for a short one.

use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use clap::Parser;
use tests::runtime::{ByteStream, ResponsePolicy};
use tests::streams;

/// The largest growth of the memory that is accepted, in MiB.
const LIMIT: u64 = 64;

/// Receives and sends long streams, and prints the time and the memory that they take.
#[derive(Parser)]
struct Arguments {
    /// The number of events and of lines.
    #[arg(long, default_value_t = 1_000_000)]
    items: u64,
    /// The length of the files, in bytes.
    #[arg(long, default_value_t = 2_000_000_000)]
    bytes: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { items, bytes } = Arguments::parse();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A client that goes away is no failure of the server.
            thread::spawn(move || drop(serve(connection, items, bytes)));
        }
    });
    let client = streams::Client::builder(base_url).validate_responses(ResponsePolicy::Enforce).build()?;

    let before = Measurement::start();
    let mut events = client.watch().stream().await?;
    let mut count = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event?.id.as_deref(), Some(count.to_string().as_str()));
        count += 1;
    }
    before.print("events", count, items)?;

    let before = Measurement::start();
    let mut lines = client.list_lines().stream().await?;
    let mut count = 0;
    while let Some(line) = lines.next().await {
        assert_eq!(line?.data[0], i64::try_from(count)?);
        count += 1;
    }
    before.print("lines", count, items)?;

    let before = Measurement::start();
    let mut file = client.get_file("1").download().await?.value;
    while let Some(piece) = file.piece().await {
        piece?;
    }
    before.print("bytes received", file.received(), bytes)?;

    let before = Measurement::start();
    let file = ByteStream::from_reader(std::io::repeat(b'x').take(bytes)).with_length(bytes);
    client.put_file("1", b"").upload(file).await?;
    before.print("bytes sent", bytes, bytes)
}

/// The time and the memory at the start of a stream.
struct Measurement(Instant, u64);

impl Measurement {
    fn start() -> Self {
        Self(Instant::now(), peak_memory())
    }

    /// Prints what a stream took. Returns an error if it was not complete, or took too much memory.
    fn print(self, what: &str, count: u64, expected: u64) -> Result<(), Box<dyn Error>> {
        let (seconds, growth) = (self.0.elapsed().as_secs_f64(), peak_memory().saturating_sub(self.1));
        println!("{count} {what}: {seconds:.2} s, {growth} MiB more memory");
        if count != expected || growth > LIMIT {
            return Err(format!("expected {expected} {what} and at most {LIMIT} MiB").into());
        }
        Ok(())
    }
}

/// Returns the largest memory that this process has had, in MiB. Returns 0 on a system without `/proc`.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Serves one request.
fn serve(connection: TcpStream, items: u64, bytes: u64) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut writer = BufWriter::new(connection);
    let mut head = |rest: &str| write!(writer, "HTTP/1.1 200 OK\r\nConnection: close\r\n{rest}\r\n");
    if line.starts_with("GET /events") {
        head("Content-Type: text/event-stream\r\n")?;
        for id in 0..items {
            write!(writer, "id: {id}\ndata: {{\"name\": \"n\"}}\n\n")?;
        }
    } else if line.starts_with("GET /lines") {
        head("Content-Type: application/x-ndjson\r\n")?;
        for number in 0..items {
            writeln!(writer, "[{number}, 1]")?;
        }
    } else if line.starts_with("GET") {
        head(&format!("Content-Type: application/octet-stream\r\nContent-Length: {bytes}\r\n"))?;
        std::io::copy(&mut std::io::repeat(b'x').take(bytes), &mut writer)?;
    } else {
        std::io::copy(&mut reader.take(bytes), &mut std::io::sink())?;
        write!(writer, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")?;
    }
    writer.flush()
}
