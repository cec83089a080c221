//! A server that responds to every request with the same JSON, and keeps connections open.

use std::io::{Error, ErrorKind};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The body of each response.
const BODY: &str = r#"{"data": {"id": "6b37ed55-1e21-46a5-a7dc-a59ef418d359"}}"#;

/// Listens on a free port, prints the port, and serves until the process ends.
pub async fn serve() -> Result<(), Error> {
    // The backlog holds all connections that are opened at once.
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.bind("127.0.0.1:0".parse().map_err(|_| Error::from(ErrorKind::InvalidInput))?)?;
    let listener: TcpListener = socket.listen(20_000)?;
    println!("{}", listener.local_addr()?.port());
    loop {
        let (connection, _) = listener.accept().await?;
        tokio::spawn(answer(connection));
    }
}

/// Responds to the requests of a connection, which have no bodies, until it is closed.
async fn answer(mut connection: TcpStream) {
    let response =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}", BODY.len());
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(length @ 1..) = connection.read(&mut buffer).await {
        head.extend_from_slice(&buffer[..length]);
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            if connection.write_all(response.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}
