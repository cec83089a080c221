//! A mock server. It sends prepared responses, one for each request, and prints the requests.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A status line, header lines, and a body.
pub(crate) type Response = (&'static str, &'static [&'static str], &'static str);

/// Starts a server with these responses, and returns its base URL.
pub(crate) fn start(responses: &'static [Response]) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for (response, connection) in responses.iter().zip(listener.incoming()) {
            if let Err(error) = connection.and_then(|connection| exchange(connection, *response)) {
                eprintln!("the mock server lost a connection: {error}");
            }
        }
    });
    Ok(base_url)
}

fn exchange(mut connection: TcpStream, (status, headers, body): Response) -> Result<()> {
    print_request(&connection)?;
    let head: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    write!(connection, "HTTP/1.1 {status}\r\nConnection: close\r\n{head}{length}\r\n{body}")
}

fn print_request(connection: &TcpStream) -> Result<()> {
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    let mut line = String::new();
    reader.read_line(&mut line)?;
    println!("-> {}", line.trim_end());
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0)
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if !body.is_empty() {
        println!("   {}", String::from_utf8_lossy(&body));
    }
    Ok(())
}
